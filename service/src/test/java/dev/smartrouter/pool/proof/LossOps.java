package dev.smartrouter.pool.proof;

import static dev.smartrouter.pool.proof.Store.P;

import java.util.Map;
import java.util.Objects;

/** What Redis and routers lose. */
final class LossOps {
    private LossOps() {}

    record Flush() implements Op {
        @Override
        public void on(World w) {
            w.store.clear();
            writeConfigBack(w);
            w.exempt.clear();
            w.rebuilding.clear();
            lost(w);
        }
    }

    /** What a replica that lags would have, or a disk. */
    record Save() implements Op {
        @Override
        public void on(World w) {
            w.saved = w.store.dump();
            w.savedExempt = w.exempt.copy();
        }
    }

    /** A Redis takes over that has not heard the last writes. */
    record Rollback() implements Op {
        @Override
        public void on(World w) {
            if (w.saved == null) return;
            w.store.restart();
            w.store.load(w.saved);
            w.exempt = w.savedExempt.copy();
            w.excuseStrangeCalls();
            w.exempt
                    .pods()
                    .addAll(World.PODS.stream()
                            .filter(pod -> w.now().pod(pod) == null)
                            .toList());
            for (var sid : w.now().map("calls:by_expiry").keySet()) {
                if (!w.now().has("call:" + sid)) w.exempt.calls().add(sid);
            }
            writeConfigBack(w);
            w.rebuilding.clear();
            w.run("hello");
            lost(w);
        }
    }

    /** Redis comes back with all it had. */
    record Restart() implements Op {
        @Override
        public void on(World w) {
            w.store.restart();
            w.run("hello");
            lost(w);
        }
    }

    /** Another connection is opened: nothing may come of it. */
    record Hello() implements Op {
        @Override
        public void on(World w) {
            var wasOpen = w.open();
            w.run("hello");
            w.require(wasOpen == w.open(), "a new connection has closed the gate");
        }
    }

    record CrashRouter(int router) implements Op {
        @Override
        public void on(World w) {
            w.routers.get(router).crash();
            w.ended.clear();
            w.unheard.clear(); // who was answered twice with a pod may be known to that router alone
            if (!w.open()) forgetUncovered(w);
        }
    }

    /** Redis and all routers at once. */
    record LoseAll() implements Op {
        @Override
        public void on(World w) {
            w.routers.forEach(Router::crash);
            w.ended.clear();
            w.unheard.clear();
            new Flush().on(w);
        }
    }

    private static void writeConfigBack(World w) {
        w.store.hand().hset(P + "merchant:config", "acme", w.config);
        w.store.look();
    }

    private static void lost(World w) {
        if (w.now().has("state:gen")) throw new AssertionError("the gate is open after a loss");
        w.lostAt = w.time();
        w.limits.lost(w.time());
        w.listedFor = "";
        w.quarantine = w.kubernetes && w.routers.stream().noneMatch(router -> router.refreshed > 0);
        // What was in quarantine already is not remembered a second time.
        for (var call : w.oracle.all()) if (call.quarantinedUntil() > 0) w.forgo(call.sid());
        if (!w.quarantine) forgetUncovered(w);
    }

    /** Nothing can be promised of a call that neither Redis nor a living router remembers. */
    private static void forgetUncovered(World w) {
        if (w.quarantine) return;
        for (var call : w.oracle.all()) {
            if (!covered(w, call)) w.forgo(call.sid());
        }
    }

    static boolean covered(World w, Oracle.Served call) {
        if (isOf(call, w.now().call(call.sid()))) return true;
        return w.routers.stream().anyMatch(router -> remembers(router, call));
    }

    /** The record is that of the very call, not of an earlier one of its sid. */
    static boolean isOf(Oracle.Served call, Map<String, String> record) {
        return call.pod().equals(record.get("pod_name")) && Objects.equals(call.wsUrl(), record.get("ws_url"));
    }

    static boolean remembers(Router router, Oracle.Served call) {
        var mirrored = router.mirror.get(call.sid());
        return mirrored != null && isOf(call, mirrored.record());
    }
}
