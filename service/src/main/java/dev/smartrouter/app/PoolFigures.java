package dev.smartrouter.app;

import dev.smartrouter.PoolName;
import dev.smartrouter.pod.PodState;
import dev.smartrouter.pool.Upkeep.Seen;
import dev.smartrouter.tier.TierConfig;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** How many pods the pools have, by tier name, as the last audit saw them. */
final class PoolFigures {
    private final Supplier<? extends Collection<Seen>> fleet;
    private final Supplier<TierConfig> config;

    PoolFigures(Supplier<? extends Collection<Seen>> fleet, Supplier<TierConfig> config) {
        this.fleet = fleet;
        this.config = config;
    }

    Map<String, Long> assigned() {
        return count(pod -> true);
    }

    /** Pods that would take a call: of a shared tier those below its capacity. */
    Map<String, Long> available() {
        var pools = config.get().pools();
        return count(pod -> {
            var tier = pools.get(pod.pool());
            return pod.calls() < (tier == null ? 1 : tier.capacity())
                    && pod.ready()
                    && !pod.draining()
                    && !pod.terminating()
                    && pod.state() != PodState.UNAVAILABLE
                    && !pod.held();
        });
    }

    private Map<String, Long> count(Predicate<Seen> which) {
        var counts = new LinkedHashMap<String, Long>();
        config.get().pools().keySet().forEach(pool -> counts.put(tier(pool), 0L));
        for (var pod : fleet.get()) counts.merge(tier(pod.pool()), which.test(pod) ? 1L : 0L, Long::sum);
        return counts;
    }

    private static String tier(PoolName pool) {
        return pool.tier().value();
    }
}
