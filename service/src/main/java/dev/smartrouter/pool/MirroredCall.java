package dev.smartrouter.pool;

import dev.smartrouter.CallSid;
import dev.smartrouter.PodName;
import dev.smartrouter.PoolName;
import dev.smartrouter.pod.Incarnation;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * A live call as a router remembers it, with all that is needed to bring it back.
 *
 * @param pool the pool that its pod belongs to
 * @param record the call's fields as the store had them
 */
public record MirroredCall(
        CallSid call,
        PodName pod,
        Incarnation incarnation,
        PoolName pool,
        Instant deadline,
        Map<String, String> record) {
    public MirroredCall {
        record = Map.copyOf(record);
    }

    /** When the call got its pod, on the store's clock. */
    Instant allocatedAt() {
        return allocation().allocatedAt();
    }

    /** The call's hold on its pod, as its record tells it. */
    public Allocation allocation() {
        return CallRecord.allocation(call, record);
    }

    /** The same, known to be answered more than once. */
    MirroredCall withoutToken() {
        var fields = new HashMap<>(record);
        fields.remove(CallRecord.TOKEN);
        return new MirroredCall(call, pod, incarnation, pool, deadline, fields);
    }
}
