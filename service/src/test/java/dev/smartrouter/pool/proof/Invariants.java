package dev.smartrouter.pool.proof;

import dev.smartrouter.pool.proof.Snapshot.PodFacts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/** I1 to I14: what is true of every snapshot, whatever happened before. */
final class Invariants {
    private final Snapshot snapshot;
    private final Exemptions exempt;
    private final long now;
    private final Map<String, PodFacts> pods;
    private final List<String> broken = new ArrayList<>();

    private Invariants(Snapshot snapshot, Exemptions exempt, long now) {
        this.snapshot = snapshot;
        this.exempt = exempt;
        this.now = now;
        this.pods = snapshot.pods();
    }

    /** What is broken, in words; empty if nothing. */
    static List<String> broken(Snapshot before, Snapshot snapshot, Exemptions exempt, long now) {
        var it = new Invariants(snapshot, exempt, now);
        it.i1();
        it.i2i3i6i10i12();
        it.i4i5i8();
        it.i14();
        it.i7();
        it.i9();
        it.i10();
        it.i11();
        it.i13(before);
        return it.broken;
    }

    private void check(boolean holds, String name, String what) {
        if (!holds) broken.add(name + ": " + what);
    }

    private void i1() {
        for (var pod : pods.values()) {
            if (pod.shared() || pod.calls().size() < 2 || exempt.pools().contains(pod.pool())) continue;
            // The original's calls were found, not taken: they have no URL of ours.
            var taken = pod.calls().stream()
                    .filter(sid -> !"1".equals(snapshot.map("call:" + sid).get("restored")))
                    .filter(sid -> snapshot.map("call:" + sid).containsKey("ws_url"))
                    .toList();
            check(taken.size() <= 1, "I1", "exclusive " + pod.name() + " has taken " + taken);
        }
    }

    private List<String> pools() {
        var pools = new TreeSet<String>(snapshot.map("tier:modes").keySet());
        for (var key : snapshot.keys().keySet()) {
            if (!key.startsWith("pool:") && !key.startsWith("merchant:")) continue;
            var end = key.lastIndexOf(':');
            if (end > key.indexOf(':')) pools.add(key.substring(0, end));
        }
        return List.copyOf(pools);
    }

    private void i2i3i6i10i12() {
        for (var pool : pools()) {
            var key = Snapshot.availableKey(pool);
            var type = snapshot.type(key);
            if (!exempt.pools().contains(pool) && !type.equals("none")) {
                check(type.equals(snapshot.shared(pool) ? "zset" : "set"), "I12", key + " is a " + type);
            }
            for (var name : snapshot.available(pool)) {
                var pod = pods.get(name);
                if (exempt.pods().contains(name)) continue;
                check(pod != null, "I10", name + ", which is no pod, is in " + key);
                if (pod == null) continue;
                check(pod.pool().equals(pool), "I2", name + " of " + pod.pool() + " is in " + key);
                check(pod.free(now), "I2", name + " is in " + key + " but not free: " + pod);
                if (!type.equals("zset")) continue;
                var score = snapshot.map(key).get(name);
                check(
                        score.equals(Integer.toString(pod.calls().size())),
                        "I3",
                        name + " has score " + score + " in " + key + ", and calls " + pod.calls());
            }
            for (var name : snapshot.set(pool + ":assigned")) {
                if (exempt.pods().contains(name)) continue;
                var pod = pods.get(name);
                check(pod != null, "I10", name + ", which is no pod, is in " + pool + ":assigned");
                check(pod == null || pod.pool().equals(pool), "I6", name + " is in " + pool + ":assigned: " + pod);
            }
        }
        for (var pod : pods.values()) {
            if (exempt.pods().contains(pod.name())) continue;
            check(
                    snapshot.set(pod.pool() + ":assigned").contains(pod.name()),
                    "I6",
                    pod.name() + " is not in " + pod.pool() + ":assigned");
            var tier = pod.pool().startsWith("pool:") ? pod.pool().substring(5) : pod.pool();
            check(
                    tier.equals(snapshot.string("pod:tier:" + pod.name())),
                    "I6",
                    "pod:tier:" + pod.name() + " is " + snapshot.string("pod:tier:" + pod.name()) + ": " + pod);
        }
    }

    private void i4i5i8() {
        for (var pod : pods.values()) {
            for (var sid : pod.calls()) {
                if (exempt.calls().contains(sid)) continue;
                check(
                        pod.name().equals(snapshot.call(sid).get("pod_name")),
                        "I4",
                        pod.name() + " holds " + sid + ", whose record is " + snapshot.map("call:" + sid));
            }
        }
        for (var sid : snapshot.names("call:")) {
            var record = snapshot.call(sid);
            if (record.isEmpty() || exempt.calls().contains(sid)) continue;
            check(snapshot.map("calls:by_expiry").containsKey(sid), "I5", sid + " has no deadline");
            var merchant = record.getOrDefault("merchant_id", "");
            check(
                    Objects.equals(
                            snapshot.map("calls:by_merchant").get(sid),
                            merchant.isEmpty() ? null : LimitRules.number(merchant)),
                    "I14",
                    sid + " of '" + merchant + "' is counted to "
                            + snapshot.map("calls:by_merchant").get(sid));
            var pod = pods.get(record.get("pod_name"));
            if (exempt.pods().contains(record.get("pod_name"))) continue;
            check(pod != null && pod.calls().contains(sid), "I4", record + " is not among the calls of " + pod);
            if (pod != null) {
                check(pod.inc().equals(record.get("pod_inc")), "I8", sid + " is " + record + " on " + pod);
            }
        }
        for (var sid : snapshot.map("calls:by_expiry").keySet()) {
            check(exempt.calls().contains(sid) || !snapshot.call(sid).isEmpty(), "I5", sid + " has no record");
        }
    }

    private void i14() {
        for (var sid : snapshot.map("calls:by_merchant").keySet()) {
            check(
                    exempt.calls().contains(sid) || !snapshot.call(sid).isEmpty(),
                    "I14",
                    sid + " is counted and has no record");
        }
    }

    private void i7() {
        for (var pod : pods.values()) {
            if (exempt.pods().contains(pod.name())) continue;
            var lease = snapshot.string("lease:" + pod.name());
            if (lease != null && exempt.calls().contains(lease)) continue;
            if (lease == null && exempt.leases().contains(pod.name())) continue;
            // The lease went with a record's TTL.
            if (lease == null && !Collections.disjoint(pod.calls(), exempt.calls())) continue;
            check(
                    pod.calls().isEmpty()
                            ? lease == null
                            : lease != null && pod.calls().contains(lease),
                    "I7",
                    "lease:" + pod.name() + " names " + lease + ", calls are " + pod.calls());
        }
    }

    private void i9() {
        if (!exempt.calls().isEmpty() || !exempt.pods().isEmpty()) return;
        var held = pods.values().stream().mapToInt(pod -> pod.calls().size()).sum();
        var records = snapshot.names("call:").stream()
                .filter(sid -> !snapshot.call(sid).isEmpty())
                .count();
        var deadlines = snapshot.map("calls:by_expiry").size();
        check(
                held == records && held == deadlines,
                "I9",
                held + " calls on pods, " + records + " records, " + deadlines + " deadlines");
    }

    private void i10() {
        for (var key : snapshot.keys().keySet()) {
            String name = null;
            if (key.startsWith("lease:")) name = key.substring(6);
            else if (key.startsWith("pod:tier:")) name = key.substring(9);
            else if (key.startsWith("pod:") && key.endsWith(":calls")) name = key.substring(4, key.length() - 6);
            if (name == null || exempt.pods().contains(name)) continue;
            check(pods.containsKey(name), "I10", key + " is of no pod");
        }
    }

    private void i11() {
        snapshot.keys().forEach((key, entry) -> {
            var mayExpire = key.startsWith("call:")
                    || key.startsWith("ended:")
                    || key.startsWith("pod:draining:")
                    || key.startsWith("lease:");
            var excused = (key.startsWith("call:") && exempt.calls().contains(key.substring(5)))
                    || (key.startsWith("lease:") && exempt.pods().contains(key.substring(6)))
                    || (key.startsWith("pod:draining:") && exempt.pods().contains(key.substring(13)));
            check(
                    excused || mayExpire == entry.ttl() >= 0,
                    "I11",
                    key + (mayExpire ? " never expires" : " expires in " + entry.ttl() + " ms"));
        });
    }

    private void i13(Snapshot before) {
        if (before.has("leader:epoch") && snapshot.has("leader:epoch")) {
            check(
                    snapshot.number("leader:epoch") >= before.number("leader:epoch"),
                    "I13",
                    "leader:epoch went from " + before.string("leader:epoch") + " to "
                            + snapshot.string("leader:epoch"));
        }
    }
}
