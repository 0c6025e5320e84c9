package dev.smartrouter.pool.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What keeps the store true while nothing happens, and time itself. */
final class UpkeepOps {
    private UpkeepOps() {}

    record Sweep(int limit) implements Op {
        @Override
        public void on(World w) {
            w.run("sweep", limit);
        }
    }

    /** L2: a call past its deadline is gone within one sweep period. */
    record SweepAll() implements Op {
        @Override
        public void on(World w) {
            if (w.run("sweep", 1000).failed()) return;
            w.now()
                    .map("calls:by_expiry")
                    .forEach((sid, deadline) ->
                            w.require(Double.parseDouble(deadline) > w.time(), "L2: " + sid + " outlives " + deadline));
        }
    }

    /** All pods are audited; L1: whoever is free is then available. */
    record Audit() implements Op {
        @Override
        public void on(World w) {
            var members = new TreeMap<String, Set<String>>();
            for (var pool : World.POOLS) {
                var names = new TreeSet<>(w.now().available(pool));
                names.addAll(w.now().set(pool + ":assigned"));
                for (var name : names)
                    members.computeIfAbsent(name, n -> new TreeSet<>()).add(pool);
            }
            if (w.run("audit", arguments(w, members)).failed()) return;
            w.healed();
            for (var pod : w.now().pods().values()) {
                if (!pod.free(w.time()) || w.rebuilding.containsKey(pod.pool())) continue;
                w.require(w.now().available(pod.pool()).contains(pod.name()), "L1: not available: " + pod);
            }
        }

        private static Object[] arguments(World w, Map<String, Set<String>> members) {
            var arguments = new ArrayList<Object>();
            arguments.add(World.POOLS.size());
            for (var pool : World.POOLS) {
                arguments.add(pool);
                arguments.add(w.modes.get(pool));
            }
            members.forEach((name, pools) -> {
                arguments.addAll(List.of(name, pools.size()));
                arguments.addAll(pools);
            });
            return arguments.toArray();
        }
    }

    /** Time passes; routers that live read the store each second while its gate is open. */
    record Pass(long ms) implements Op {
        @Override
        public void on(World w) {
            if (ms >= 1000) for (var router : w.routers) RecoveryOps.refresh(w, router);
            w.passed(ms);
        }
    }
}
