package dev.smartrouter.pool.proof;

import dev.smartrouter.pool.proof.Cluster.Report;
import java.util.Objects;

/** What becomes of pods, and what leaders make of it. */
final class PodOps {
    static final long QUARANTINE_MS = 900_000;

    private PodOps() {}

    record Create(String pod, boolean ready) implements Op {
        @Override
        public void on(World w) {
            w.cluster.create(pod, w.time(), ready);
        }
    }

    record Crash(String pod) implements Op {
        @Override
        public void on(World w) {
            if (w.kubernetes) w.cluster.crash(pod, w.time());
        }
    }

    record Flap(String pod, boolean ready) implements Op {
        @Override
        public void on(World w) {
            w.cluster.ready(pod, ready);
        }
    }

    record Terminate(String pod) implements Op {
        @Override
        public void on(World w) {
            if (w.kubernetes) w.cluster.terminate(pod);
        }
    }

    record Delete(String pod) implements Op {
        @Override
        public void on(World w) {
            if (!w.kubernetes) return;
            w.cluster.delete(pod);
            w.store.pass(1000); // no two lives of a name in one second
        }
    }

    /** A pod is deleted, another of its name comes up, and the leader hears of the new one. */
    record Recreate(int router, String pod) implements Op {
        @Override
        public void on(World w) {
            new Delete(pod).on(w);
            new Create(pod, true).on(w);
            new Observe(router, pod, false).on(w);
        }
    }

    /** A replica draws a token; if it finds itself still the holder, it leads. */
    record Lead(int router, boolean holds) implements Op {
        @Override
        public void on(World w) {
            if (!w.kubernetes) return;
            var router = w.routers.get(router());
            var stored = w.now().number("leader:epoch");
            var reply = w.run("lead", router.epoch);
            if (reply.failed()) return;
            var epoch = Long.parseLong(reply.at(1));
            w.require(epoch > stored && epoch > router.epoch, "not a new token: " + epoch);
            if (holds) router.epoch = epoch;
        }
    }

    /** The leader hears how a pod is now. */
    record Observe(int router, String pod, boolean listed) implements Op {
        @Override
        public void on(World w) {
            observe(w, w.routers.get(router), pod, listed);
        }
    }

    /** A report arrives that was overtaken. */
    record Stale(int router, String pod, int back) implements Op {
        @Override
        public void on(World w) {
            var report = w.cluster.report(pod, back);
            var facts = w.now().pod(pod);
            if (report == null
                    || facts == null
                    || facts.inc().equals("legacy")
                    || w.exempt.pods().contains(pod)) return;
            tell(w, w.routers.get(router), pod, report, false, "");
        }
    }

    static void observe(World w, Router router, String pod, boolean listed) {
        var report = w.cluster.report(pod, 0);
        if (report == null
                || (report.gone()
                        && w.now().pod(pod) == null
                        && !w.exempt.pods().contains(pod))) return;
        var hold = w.quarantine && !w.open() && report.life().started() <= w.lostAt
                ? Long.toString(w.time() + QUARANTINE_MS)
                : "";
        tell(w, router, pod, report, listed, hold);
    }

    private static void tell(World w, Router router, String pod, Report report, boolean listed, String hold) {
        if (!w.kubernetes || router.epoch == 0) return;
        var before = w.now();
        var life = report.life();
        var reply = report.gone()
                ? w.run("remove", w.withPools(router.epoch, pod, life.incNo()))
                : w.run(
                        "register",
                        w.withPools(
                                router.epoch,
                                pod,
                                life.inc(),
                                life.incNo(),
                                life.started(),
                                life.ready() ? 1 : 0,
                                life.term() ? 1 : 0,
                                w.home(pod),
                                hold,
                                listed ? 1 : 0,
                                "{}"));
        if (reply.failed()) return;
        var deposed = router.epoch < before.number("leader:epoch");
        w.require(deposed == reply.verdict().equals("FENCED"), "token " + router.epoch + " met " + reply);
        var known = before.pod(pod);
        var stale = !deposed
                && known != null
                && (known.incNo() > life.incNo()
                        || (!report.gone()
                                && !listed
                                && known.incNo() == life.incNo()
                                && !known.inc().equals(life.inc())));
        w.require(stale == reply.verdict().equals("STALE"), life + " against " + known + ": " + reply);
        if (deposed || stale) return;
        var after = w.now().pod(pod);
        if (report.gone()) {
            w.require(after == null, "removed, and still there: " + after);
            w.exempt.pods().remove(pod);
            return;
        }
        w.require(
                after != null
                        && after.inc().equals(life.inc())
                        && after.ready() == life.ready()
                        && after.term() == life.term(),
                life + " became " + after);
        if (known == null) return;
        w.require(after.pool().equals(known.pool()), "a known pod changed its pool: " + known + ", " + after);
        if (known.inc().equals("legacy")) return;
        if (known.inc().equals(life.inc())) {
            w.require(Objects.equals(known.calls(), after.calls()), "calls changed: " + known + ", " + after);
        } else {
            w.require(after.calls().isEmpty(), "calls of the old life live on: " + after);
        }
    }

    /** Rebalancing: from where the leader thinks the pod is. */
    record Move(int router, String pod, String to, boolean force, boolean outdated) implements Op {
        @Override
        public void on(World w) {
            var router = w.routers.get(router());
            var before = w.now();
            var known = before.pod(pod);
            var from = known == null || outdated ? w.home(pod) : known.pool();
            if (!w.kubernetes
                    || router.epoch == 0
                    || from.equals(to)
                    || w.exempt.pods().contains(pod)) return;
            var reply = w.run("move", router.epoch, pod, from, to, force ? 1 : 0);
            if (reply.failed()) return;
            String verdict;
            if (router.epoch < before.number("leader:epoch")) verdict = "FENCED";
            else if (known == null) verdict = "NOT_FOUND";
            else if (!known.pool().equals(from)) verdict = "STALE";
            else if (known.calls().size() > (force ? before.shared(to) ? 99 : 1 : 0)) verdict = "BUSY";
            else verdict = "MOVED";
            w.require(reply.verdict().equals(verdict), "move of " + known + " must be " + verdict + ": " + reply);
        }
    }

    /** An operator has changed a tier's type, and the leader begins to rebuild the pool's index. */
    record Retype(int router, String pool, boolean shared) implements Op {
        @Override
        public void on(World w) {
            var router = w.routers.get(router());
            if (!w.kubernetes || router.epoch == 0) return;
            var before = w.now();
            var mode = shared ? "shared" : "exclusive";
            var reply = w.run("retype", router.epoch, pool, mode, "");
            if (reply.failed() || reply.verdict().equals("FENCED")) return;
            var crowded = !shared
                    && before.shared(pool)
                    && before.pods().values().stream()
                            .anyMatch(pod ->
                                    pod.pool().equals(pool) && pod.calls().size() > 1);
            w.require(!crowded || reply.verdict().equals("BUSY"), "retype of a crowded pool: " + reply);
            if (reply.verdict().equals("BUSY")) return;
            w.modes.put(pool, mode);
            w.exempt.pools().remove(pool);
            keep(w, pool, mode, reply);
        }

        static void keep(World w, String pool, String mode, Store.Reply reply) {
            if (reply.verdict().equals("MORE")) w.rebuilding.put(pool, new String[] {mode, reply.at(1)});
            else w.rebuilding.remove(pool);
        }
    }

    /** The leader goes on rebuilding. */
    record Rebuild(int router, String pool) implements Op {
        @Override
        public void on(World w) {
            var router = w.routers.get(router());
            var on = w.rebuilding.get(pool);
            if (!w.kubernetes || router.epoch == 0 || on == null) return;
            var reply = w.run("retype", router.epoch, pool, on[0], on[1]);
            if (!reply.failed() && !reply.verdict().equals("FENCED")) Retype.keep(w, pool, on[0], reply);
        }
    }
}
