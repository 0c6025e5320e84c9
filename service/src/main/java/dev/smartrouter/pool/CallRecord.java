package dev.smartrouter.pool;

import dev.smartrouter.CallSid;
import dev.smartrouter.PodName;
import dev.smartrouter.PoolName;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The fields of a call in the store, under their names there. */
final class CallRecord {
    static final String POD = "pod_name";
    static final String ALLOCATED_AT = "allocated_at";
    static final String TOKEN = "token";

    private static final PoolName UNKNOWN_POOL = new PoolName("pool:unknown");

    private static final Pattern EPOCH_MS = Pattern.compile("\\d{1,15}");

    private CallRecord() {}

    /**
     * The call of this name; empty if that is none of ours. The original took any text for one: such a call keeps its
     * pod until its deadline, but nobody can ask for it by name.
     */
    static Optional<CallSid> sid(String text) {
        try {
            return Optional.of(new CallSid(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The pool of this name; {@code pool:unknown} if it is none, as in a record that somebody wrote by hand. */
    static PoolName pool(String text) {
        try {
            return new PoolName(text);
        } catch (IllegalArgumentException e) {
            return UNKNOWN_POOL;
        }
    }

    /** @throws StoreUnavailableException if an operator's hand put a name there that no pod can have */
    static PodName pod(CallSid call, String text) {
        try {
            return new PodName(text);
        } catch (IllegalArgumentException e) {
            throw new StoreUnavailableException("the record of call " + call + " is damaged: " + e.getMessage(), e);
        }
    }

    /** The allocation that a record tells of; one of the original's lacks some fields, which are then empty. */
    static Allocation allocation(CallSid call, Map<String, String> record) {
        return new Allocation(
                call,
                pod(call, record.getOrDefault(POD, "")),
                record.getOrDefault("pod_inc", ""),
                pool(record.getOrDefault("source_pool", "")),
                record.getOrDefault("merchant_id", ""),
                Instant.ofEpochMilli(epochMs(record.getOrDefault(ALLOCATED_AT, "0"))),
                new Origin(
                        record.getOrDefault("provider", ""),
                        record.getOrDefault("flow", ""),
                        record.getOrDefault("template", "")),
                record.getOrDefault("tried", ""),
                record.getOrDefault("ws_url", ""),
                "1".equals(record.get("restored")));
    }

    private static long epochMs(String text) {
        return EPOCH_MS.matcher(text).matches() ? Long.parseLong(text) : 0;
    }
}
