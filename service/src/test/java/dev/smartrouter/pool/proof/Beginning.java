package dev.smartrouter.pool.proof;

import static dev.smartrouter.pool.proof.Store.P;

import java.util.Map;

/** How the world is found on the first day. */
record Beginning(Kind kind, boolean kubernetes) implements Op {
    enum Kind {
        /** No pod, no state. */
        EMPTY,
        /** All pods are up, known, and served. */
        SERVING,
        /** An operator has filled the pools by the documented keys. */
        HAND_SET,
        /** The original router has just stopped, in mid-call. */
        ORIGINAL
    }

    @Override
    public void on(World w) {
        w.kubernetes = kubernetes || kind == Kind.SERVING;
        if (kind != Kind.EMPTY || !w.kubernetes) {
            for (var pod : World.PODS) w.cluster.create(pod, w.time(), true);
        }
        switch (kind) {
            case EMPTY -> {}
            case SERVING -> new RecoveryOps.Recover(0).on(w);
            case HAND_SET -> {
                for (var i = 0; i < World.PODS.size(); i++) {
                    OperatorOps.handAdd(w, World.PODS.get(i), w.home(World.PODS.get(i)), i % 3);
                }
            }
            case ORIGINAL -> original(w);
        }
        w.store.look();
        w.excuseStrangeCalls();
    }

    private static void original(World w) {
        for (var pod : World.PODS) OperatorOps.handAdd(w, pod, w.home(pod), 2);
        var redis = w.store.hand();
        call(w, "CA0", "p0", "2027-01-15T08:00:00Z");
        call(w, "CA1", "p3", "1800000000");
        call(w, "CA2", "p3", "2027-01-15T13:30:00.123456789+05:30");
        redis.srem(P + "pool:gold:available", "p0");
        redis.zadd(P + "pool:basic:available", 2, "p3");
        redis.psetex(P + "pod:draining:p2", 360_000, "1");
        redis.srem(P + "pool:standard:available", "p2");
        redis.hset(P + "call:CA9", "_lock", "1");
        redis.pexpire(P + "call:CA9", 30_000);
        redis.hset(P + "pod:metadata", "p0", "{}");
    }

    private static void call(World w, String sid, String pod, String allocatedAt) {
        var redis = w.store.hand();
        redis.hset(
                P + "call:" + sid,
                Map.of("pod_name", pod, "source_pool", w.home(pod), "merchant_id", "", "allocated_at", allocatedAt));
        redis.pexpire(P + "call:" + sid, 86_000_000);
        redis.hset(
                P + "pod:" + pod,
                Map.of(
                        "status",
                        "allocated",
                        "allocated_call_sid",
                        sid,
                        "allocated_at",
                        allocatedAt,
                        "source_pool",
                        w.home(pod)));
        redis.psetex(P + "lease:" + pod, 86_400_000, sid);
        w.oracle.answered(sid, pod, null, w.time() + 86_000_000);
    }
}
