package dev.smartrouter.pool.proof;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What routers do to remember, and to bring back what Redis forgot. */
final class RecoveryOps {
    private static final long RECOVERY_WAIT_MS = 10_000;
    private static final long LATE_MS = 5_000;
    private static final long RESTORED_FOR_MS = 4 * 3_600_000;

    private RecoveryOps() {}

    record Beat(int router) implements Op {
        @Override
        public void on(World w) {
            w.run("beat", w.routers.get(router).id);
        }
    }

    /** A router compares its mirror with the store: ids of all, records of those it does not know. */
    record Refresh(int router) implements Op {
        @Override
        public void on(World w) {
            refresh(w, w.routers.get(router));
        }
    }

    static void refresh(World w, Router router) {
        if (!w.open()) return;
        var page = w.run("expiring", 0, 1000);
        if (page.failed()) return;
        var deadlines = new HashMap<String, Long>();
        for (var i = 1; i < page.values().size(); i += 2) {
            deadlines.put(page.at(i), (long) Double.parseDouble(page.at(i + 1)));
        }
        router.mirror.keySet().retainAll(deadlines.keySet());
        var unknown = deadlines.keySet().stream()
                .filter(sid -> !router.mirror.containsKey(sid))
                .toList();
        router.mirror.replaceAll((sid, call) -> new Router.Mirrored(
                sid, call.pod(), call.inc(), call.incNo(), call.pool(), deadlines.get(sid), call.record()));
        router.refreshed = w.time();
        if (unknown.isEmpty()) return;
        var calls = w.run("calls", unknown.toArray());
        if (calls.failed()) return;
        for (var item : calls.values()) {
            var call = (List<?>) item;
            var sid = (String) call.get(0);
            var record = CallOps.record((List<?>) call.get(4));
            if (!record.containsKey("pod_inc") || ((String) call.get(3)).isEmpty()) continue;
            router.mirror.put(
                    sid,
                    new Router.Mirrored(
                            sid,
                            record.get("pod_name"),
                            record.get("pod_inc"),
                            Long.parseLong((String) call.get(2)),
                            (String) call.get(3),
                            deadlines.get(sid),
                            Map.copyOf(record)));
        }
    }

    /** Each pool's mode is set again, by the leader before it lists all pods, or by anyone where there is none. */
    record ListPods(int router) implements Op {
        @Override
        public void on(World w) {
            var router = w.routers.get(router());
            if (w.kubernetes && router.epoch == 0) return;
            var round = w.now().string("state:round");
            if (!w.kubernetes) new UpkeepOps.Audit().on(w); // members that only an index knows would be lost
            var epoch = w.kubernetes ? Long.toString(router.epoch) : "";
            for (var pool : World.POOLS) {
                var reply = w.run("retype", epoch, pool, w.modes.get(pool), "");
                while (reply.verdict().equals("MORE")) {
                    reply = w.run("retype", epoch, pool, w.modes.get(pool), reply.at(1));
                }
                if (reply.verdict().equals("FENCED")) return;
                if (reply.verdict().equals("BUSY")) w.modes.put(pool, "shared");
                else w.exempt.pools().remove(pool);
                w.rebuilding.remove(pool);
            }
            if (w.kubernetes) for (var pod : World.PODS) PodOps.observe(w, router, pod, true);
            if (round != null) w.listedFor = round;
        }
    }

    /** A router replays all it knows into the round that is on, and starts one if none is. */
    record Replay(int router) implements Op {
        @Override
        public void on(World w) {
            var router = w.routers.get(router());
            var round = begin(w);
            if (round == null || router.replayed.equals(round)) return;
            for (var call : List.copyOf(router.mirror.values())) restore(w, call);
            releaseEnded(w, router);
            router.replayed = round;
        }
    }

    private static String begin(World w) {
        var reply = w.run("begin", begun(w));
        w.require(reply.verdict().equals("OPEN") == w.open(), "begin answered " + reply);
        return reply.verdict().equals("ROUND") ? reply.at(1) : null;
    }

    private static Object[] begun(World w) {
        var arguments = new ArrayList<Object>();
        arguments.add(w.fresh("round"));
        arguments.addAll(World.POOLS);
        return arguments.toArray();
    }

    private static void restore(World w, Router.Mirrored call) {
        var arguments = new ArrayList<Object>(List.of(
                call.sid(),
                call.pod(),
                call.inc(),
                call.incNo(),
                call.pool(),
                w.kubernetes ? 0 : 1,
                86_400_000,
                call.deadline()));
        call.record().forEach((field, value) -> {
            arguments.add(field);
            arguments.add(value);
        });
        var reply = w.run("restore", arguments.toArray());
        if (!reply.verdict().equals("RESTORED")) return;
        w.oracle.hearDeadlines(w.now());
        var deadline = Math.min(call.deadline(), w.time() + RESTORED_FOR_MS);
        w.require(
                w.now().map("calls:by_expiry").get(call.sid()).equals(Long.toString(deadline)),
                "restored with another deadline than " + deadline);
    }

    /** What the mirror has seen end, and what this router gave back itself, ends again. */
    private static void releaseEnded(World w, Router router) {
        for (var sid : w.now().map("calls:by_expiry").keySet()) {
            var record = w.now().call(sid);
            if (record.isEmpty() || router.mirror.containsKey(sid)) continue;
            if (Long.parseLong(record.getOrDefault("allocated_at", "0")) < router.refreshed) {
                w.run("release", sid, "", router.refreshed);
            }
        }
        router.released.forEach((sid, at) -> {
            if (at >= w.time() - 60_000) w.run("release", sid, "", at);
        });
    }

    record Ack(int router) implements Op {
        @Override
        public void on(World w) {
            var router = w.routers.get(router());
            if (!router.replayed.isEmpty()) w.run("ack", router.replayed, router.id, router.refreshed > 0 ? 1 : 0);
        }
    }

    /** The calls of the original's are adopted, before the gate first opens. */
    record AdoptCalls() implements Op {
        @Override
        public void on(World w) {
            var round = w.now().string("state:round");
            if (round == null) return;
            var cursor = "0";
            do {
                var reply = w.run("adopt_calls", w.withPools(cursor));
                cursor = reply.at(0);
            } while (!cursor.equals("0"));
            w.scannedFor = round;
        }
    }

    /** The gate opens when all routers have replayed, or after a while. */
    record Open(int router, boolean waited) implements Op {
        @Override
        public void on(World w) {
            var router = w.routers.get(router());
            var round = w.now().string("state:round");
            if (w.open() || round == null || (w.kubernetes && router.epoch == 0)) return;
            if (!w.listedFor.equals(round)) return;
            if (round.startsWith("upgrade") && !w.scannedFor.equals(round)) return;
            var acked = w.now().set("state:acks");
            if (waited) {
                w.passed(RECOVERY_WAIT_MS);
                w.ended.clear();
            } else if (!w.routers.stream().allMatch(it -> acked.contains(it.id))) return;
            var reply = w.run("open", w.kubernetes ? router.epoch : "", w.fresh("gen"), round);
            if (!reply.verdict().equals("OPENED")) {
                w.require(reply.verdict().equals("FENCED"), "open answered " + reply);
                return;
            }
            for (var call : w.oracle.all()) {
                if (LossOps.isOf(call, w.now().call(call.sid()))) continue;
                var replayed = w.routers.stream().anyMatch(it -> acked.contains(it.id) && LossOps.remembers(it, call));
                if (w.quarantine) w.oracle.quarantine(call.sid(), w.lostAt + PodOps.QUARANTINE_MS);
                else if (!replayed) w.forgo(call.sid());
            }
            w.quarantine = false;
            w.exempt
                    .calls()
                    .removeIf(
                            sid -> w.strange.contains(sid) && !w.now().call(sid).isEmpty()); // now adopted
            w.strange.clear();
        }
    }

    /** A router that missed the end of a round would open the gate. */
    record OpenAgain(int router) implements Op {
        @Override
        public void on(World w) {
            var router = w.routers.get(router());
            var round = router.replayed;
            if (round.isEmpty() || round.equals(w.now().string("state:round"))) return;
            var before = w.now();
            var reply = w.run("open", w.kubernetes ? router.epoch : "", w.fresh("gen"), round);
            w.require(!reply.verdict().equals("OPENED"), "opened by a round that is over");
            w.require(
                    before.differences(w.now()).stream().allMatch("leader:epoch"::equals), "a stale open has written");
        }
    }

    /** All of it, as it goes when nothing comes between. */
    record Recover(int leader) implements Op {
        @Override
        public void on(World w) {
            if (w.open()) return;
            begin(w);
            new PodOps.Lead(leader, true).on(w);
            new ListPods(leader).on(w);
            new AdoptCalls().on(w);
            for (var i = 0; i < w.routers.size(); i++) {
                new Replay(i).on(w);
                new Ack(i).on(w);
            }
            new Open(leader, false).on(w);
            w.require(w.open(), "the gate stays closed");
        }
    }

    /** A restore that was sent long ago arrives. */
    record LateRestore(int router, String sid) implements Op {
        @Override
        public void on(World w) {
            var router = w.routers.get(router());
            var call = router.mirror.get(sid);
            var sent = w.time();
            if (call == null) return;
            w.inFlight.add(() -> {
                if (w.time() - sent < LATE_MS) restore(w, call);
            });
        }
    }
}
