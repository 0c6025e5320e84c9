package dev.smartrouter.pool.proof;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The outside world: which caller was told to talk to which pod, and whether they still do. O1: a live call is known on
 * exactly that pod. O2: an exclusive pod never serves two. O3: whoever asks again is told the same.
 */
final class Oracle {
    /**
     * A call that a caller was answered for.
     *
     * @param life the life of the pod that they talk to
     * @param wsUrl null for a call of the original's
     * @param quarantinedUntil while the store may forget it because its pod takes no calls; 0 if it must not
     */
    record Served(String sid, String pod, String life, String wsUrl, long deadline, long quarantinedUntil) {}

    private final Cluster cluster;
    private final Map<String, Served> served = new TreeMap<>();

    Oracle(Cluster cluster) {
        this.cluster = cluster;
    }

    /** The call as its caller knows it, or null if nobody talks. */
    Served live(String sid, long now) {
        var call = served.get(sid);
        return call != null && isLive(call, now) ? call : null;
    }

    private boolean isLive(Served call, long now) {
        var life = cluster.life(call.pod());
        return life != null
                && life.inc().equals(call.life())
                && now < call.deadline()
                && (call.quarantinedUntil() == 0 || now < call.quarantinedUntil());
    }

    Collection<Served> all() {
        return List.copyOf(served.values());
    }

    /** A caller was told so. */
    void answered(String sid, String pod, String wsUrl, long deadline) {
        var life = cluster.life(pod);
        if (life != null) served.put(sid, new Served(sid, pod, life.inc(), wsUrl, deadline, 0));
    }

    /** The call is over, or nothing is promised of it any more. */
    void forget(String sid) {
        served.remove(sid);
    }

    void quarantine(String sid, long until) {
        served.computeIfPresent(
                sid, (key, call) -> new Served(sid, call.pod(), call.life(), call.wsUrl(), call.deadline(), until));
    }

    /** An operator ended the pod's quarantine, and answers for it. */
    void undrained(String pod) {
        served.values().removeIf(call -> call.pod().equals(pod) && call.quarantinedUntil() > 0);
    }

    /** Takes the deadlines over that the store has set. */
    void hearDeadlines(Snapshot snapshot) {
        var deadlines = snapshot.map("calls:by_expiry");
        served.replaceAll((sid, call) -> {
            var deadline = deadlines.get(sid);
            if (deadline == null || !call.pod().equals(snapshot.call(sid).get("pod_name"))) return call;
            return new Served(
                    sid,
                    call.pod(),
                    call.life(),
                    call.wsUrl(),
                    (long) Double.parseDouble(deadline),
                    call.quarantinedUntil());
        });
    }

    /** What a new answer breaks. */
    List<String> brokenBy(String sid, String pod, String wsUrl, boolean exclusive, long now) {
        var broken = new ArrayList<String>();
        var before = live(sid, now);
        if (before != null
                && before.quarantinedUntil() == 0
                && (!before.pod().equals(pod) || (before.wsUrl() != null && !Objects.equals(before.wsUrl(), wsUrl)))) {
            broken.add("O3: " + before + " was then told " + pod + " " + wsUrl);
        }
        for (var other : served.values()) {
            if (exclusive && !other.sid().equals(sid) && other.pod().equals(pod) && isLive(other, now)) {
                broken.add("O2: " + sid + " was given " + pod + ", which serves " + other);
            }
        }
        return broken;
    }

    /** What a snapshot breaks, while the gate is open. */
    List<String> broken(Snapshot snapshot, Exemptions exempt, long now) {
        var broken = new ArrayList<String>();
        var busy = new TreeMap<String, String>();
        for (var call : served.values()) {
            if (!isLive(call, now) || call.quarantinedUntil() > 0) continue;
            var record = snapshot.call(call.sid());
            var pod = snapshot.pod(call.pod());
            var known = call.pod().equals(record.get("pod_name"))
                    && (exempt.pods().contains(call.pod())
                            || exempt.calls().contains(call.sid())
                            || (pod != null && pod.calls().contains(call.sid())));
            if (!known) broken.add("O1: the store has lost " + call + "; it knows " + record + " and " + pod);
            if (pod == null || pod.shared() || record.containsKey("restored")) continue;
            var other = busy.put(call.pod(), call.sid());
            if (other != null) broken.add("O2: exclusive " + call.pod() + " serves " + other + " and " + call.sid());
        }
        return broken;
    }
}
