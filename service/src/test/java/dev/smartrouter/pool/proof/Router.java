package dev.smartrouter.pool.proof;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** One replica: what it remembers, and may lose. */
final class Router {
    /** A live call as this router remembers it. */
    record Mirrored(
            String sid, String pod, String inc, long incNo, String pool, long deadline, Map<String, String> record) {}

    final String id;
    final Map<String, Mirrored> mirror = new TreeMap<>();
    /** When it gave which calls back. */
    final Map<String, Long> released = new HashMap<>();
    /** When its mirror was last whole, 0 never. */
    long refreshed;
    /** Its fencing token, 0 if it never led. */
    long epoch;
    /** The round that it has replayed into. */
    String replayed = "";

    Router(String id) {
        this.id = id;
    }

    void crash() {
        mirror.clear();
        released.clear();
        refreshed = 0;
        epoch = 0;
        replayed = "";
    }

    /** Remembers a call as the store has it. */
    void remember(String sid, Snapshot snapshot) {
        var record = snapshot.call(sid);
        var pod = snapshot.pod(record.get("pod_name"));
        if (pod == null) return;
        var deadline = (long) Double.parseDouble(snapshot.map("calls:by_expiry").getOrDefault(sid, "0"));
        mirror.put(
                sid,
                new Mirrored(
                        sid, pod.name(), record.get("pod_inc"), pod.incNo(), pod.pool(), deadline, Map.copyOf(record)));
    }

    void forget(String sid, long now) {
        mirror.remove(sid);
        released.put(sid, now);
    }
}
