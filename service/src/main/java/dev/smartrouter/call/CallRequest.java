package dev.smartrouter.call;

import dev.smartrouter.CallSid;
import dev.smartrouter.MerchantId;
import dev.smartrouter.pool.Origin;
import java.time.Duration;
import java.util.Optional;

/**
 * A call that asks for a pod.
 *
 * @param merchant on whose behalf, if somebody
 * @param patience how long the asker can wait for a store that recovers
 */
public record CallRequest(CallSid call, Optional<MerchantId> merchant, Origin origin, Duration patience) {}
