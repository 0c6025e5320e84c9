package dev.smartrouter.pool;

import dev.smartrouter.CallSid;
import dev.smartrouter.MerchantId;
import dev.smartrouter.tier.FallbackChain;
import java.util.Optional;

/**
 * A call's wish for a pod.
 *
 * @param merchantConfig the text, in the store, that the chain was resolved from; empty if the merchant has none
 * @param wsUrl the stream's URL, in which {@code {pod}} stands for the pod that will be claimed
 */
public record ClaimRequest(
        CallSid call,
        Optional<MerchantId> merchant,
        String merchantConfig,
        FallbackChain chain,
        Origin origin,
        String wsUrl) {}
