package dev.smartrouter.pool.proof;

import static dev.smartrouter.pool.proof.Store.P;

import java.util.List;

/** What an operator does, through the API or with a hand in Redis. */
final class OperatorOps {
    private static final long DRAINING_TTL_MS = 360_000;

    private OperatorOps() {}

    record Drain(String pod) implements Op {
        @Override
        public void on(World w) {
            var before = w.now().pod(pod);
            var reply = w.run("drain", w.withPools(pod, DRAINING_TTL_MS));
            if (reply.failed() || before == null) return;
            w.require(
                    reply.verdict().equals("DRAINING")
                            && reply.at(1).equals("" + before.calls().size()),
                    "drain of " + before + ": " + reply);
            w.require(
                    w.exempt.pods().contains(pod)
                            || !w.now().available(before.pool()).contains(pod),
                    "draining, and available: " + pod);
        }
    }

    record Undrain(String pod) implements Op {
        @Override
        public void on(World w) {
            var before = w.now().pod(pod);
            var reply = w.run("undrain", w.withPools(pod));
            if (reply.failed()) return;
            w.oracle.undrained(pod);
            w.require(before == null || reply.verdict().equals("UNDRAINED"), "undrain of " + before + ": " + reply);
            var after = w.now().pod(pod);
            w.require(after == null || (!after.draining() && after.hold() <= w.time()), "undrained: " + after);
        }
    }

    /** A drain runs out, or the lease of a pod that does not drain; or an operator deletes it. */
    record RunOut(String pod) implements Op {
        @Override
        public void on(World w) {
            var drains = w.now().has("pod:draining:" + pod);
            if (!drains && w.now().has("lease:" + pod)) w.exempt.leases().add(pod);
            w.store.hand().del(P + (drains ? "pod:draining:" : "lease:") + pod);
            w.store.look();
        }
    }

    /** A call's record goes by itself, or by an operator's hand. */
    record DeleteCall(String sid) implements Op {
        @Override
        public void on(World w) {
            if (w.now().call(sid).isEmpty()) return;
            w.store.hand().del(P + "call:" + sid);
            w.store.look();
            w.forgo(sid);
            w.exempt.calls().add(sid);
        }
    }

    record Configure(String text) implements Op {
        @Override
        public void on(World w) {
            w.config = text;
            w.store.hand().hset(P + "merchant:config", "acme", text);
            w.store.look();
        }
    }

    /** An index key becomes something else. */
    record Spoil(String pool) implements Op {
        @Override
        public void on(World w) {
            var key = P + Snapshot.availableKey(pool);
            w.store.hand().del(key);
            w.store.hand().lpush(key, "what", "is", "this");
            w.store.look();
            w.exempt.pools().add(pool);
        }
    }

    /** A pod is put in by the documented keys alone. */
    record HandAdd(String pod, String pool, int keys) implements Op {
        @Override
        public void on(World w) {
            if (w.exempt.pods().contains(pod) || w.cluster.life(pod) == null) return;
            if (!List.of("none", w.modes.get(pool).equals("shared") ? "zset" : "set")
                    .contains(w.now().type(Snapshot.availableKey(pool)))) return;
            handAdd(w, pod, pool, keys);
            w.store.look();
        }
    }

    static void handAdd(World w, String pod, String pool, int keys) {
        var redis = w.store.hand();
        w.exempt.pods().add(pod);
        if (!w.now().map("tier:modes").containsKey(pool)) w.exempt.pools().add(pool);
        if (w.modes.get(pool).equals("shared")) redis.zadd(P + Snapshot.availableKey(pool), 0, pod);
        else redis.sadd(P + Snapshot.availableKey(pool), pod);
        if (keys > 0) redis.sadd(P + pool + ":assigned", pod);
        if (keys > 1) {
            redis.set(P + "pod:tier:" + pod, pool.replaceFirst("^pool:", ""));
            redis.hset(P + "pod:" + pod, "status", "available");
        }
    }

    /** A key is of the wrong type while a script runs; if that fails, it has written nothing. Then all is as it was. */
    record Tamper(String key, String script, String sid, String pod) implements Op {
        static final List<String> SCRIPTS = List.of(
                "allocate",
                "release",
                "confirm",
                "drain",
                "undrain",
                "register",
                "remove",
                "move",
                "retype",
                "sweep",
                "audit",
                "restore",
                "adopt_calls");

        @Override
        public void on(World w) {
            if (!w.open()) return;
            var was = w.store.dump();
            w.store.hand().del(P + key);
            w.store.hand().lpush(P + key, "what", "is", "this");
            w.store.look();
            w.tampered = true;
            w.run(script, arguments(w));
            w.tampered = false;
            w.store.load(was);
        }

        private Object[] arguments(World w) {
            var epoch = w.now().number("leader:epoch");
            var home = w.home(pod);
            return switch (script) {
                case "allocate" ->
                    new Object[] {
                        sid,
                        "",
                        "",
                        "t",
                        86_400_000,
                        3_600_000,
                        w.time() + 900,
                        "wss://x/{pod}",
                        "",
                        "",
                        "",
                        "",
                        "",
                        home,
                        2,
                        "pool:basic",
                        2
                    };
                case "release" -> new Object[] {sid, ""};
                case "confirm" -> new Object[] {sid, 86_400_000, 3_600_000};
                case "drain" -> w.withPools(pod, DRAINING_TTL_MS);
                case "undrain" -> w.withPools(pod);
                case "register" ->
                    w.withPools(epoch, pod, "new", w.time() + 1_000_000, w.time(), 1, 0, home, "", 1, "{}");
                case "remove" -> w.withPools(epoch, pod, w.time() + 1_000_000);
                case "move" -> new Object[] {epoch, pod, home, "pool:basic", 1};
                case "retype" -> new Object[] {epoch, home, "shared", ""};
                case "sweep" -> new Object[] {100};
                case "audit" -> {
                    var all = new java.util.ArrayList<Object>(List.of(w.withPools(World.POOLS.size())));
                    for (var each : World.PODS) {
                        all.addAll(List.of(each, World.POOLS.size()));
                        all.addAll(World.POOLS);
                    }
                    yield all.toArray();
                }
                case "restore" ->
                    new Object[] {
                        sid,
                        pod,
                        "new",
                        w.time() + 1_000_000,
                        home,
                        1,
                        86_400_000,
                        w.time() + 1000,
                        "pod_name",
                        pod,
                        "source_pool",
                        home,
                        "allocated_at",
                        w.time(),
                        "pod_inc",
                        "new"
                    };
                default -> w.withPools("0");
            };
        }
    }
}
