package dev.smartrouter.pool;

import dev.smartrouter.CallSid;
import java.time.Instant;
import java.util.Map;

/**
 * A live call in memory.
 *
 * @param record its fields as the store has them
 */
record MemoryCall(CallSid sid, MemoryPod pod, Instant deadline, Map<String, String> record) {
    Allocation allocation() {
        return CallRecord.allocation(sid, record);
    }

    Instant allocatedAt() {
        return allocation().allocatedAt();
    }

    MemoryCall until(Instant renewed) {
        return new MemoryCall(sid, pod, renewed, record);
    }
}
