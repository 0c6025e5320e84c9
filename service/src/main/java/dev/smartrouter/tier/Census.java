package dev.smartrouter.tier;

import dev.smartrouter.PoolName;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** How many pods each pool has against how many it wants. Lives as long as one decision. */
final class Census {
    private final Map<PoolName, Integer> surplus = new HashMap<>();

    /** Members of a pool that is none of these are not counted. */
    Census(Map<PoolName, Tier> pools, Stream<PoolName> members) {
        pools.forEach((pool, tier) -> surplus.put(pool, -tier.target()));
        members.forEach(this::join);
    }

    void join(PoolName pool) {
        surplus.computeIfPresent(pool, (same, pods) -> pods + 1);
    }

    /** Pods beyond the target; negative when some are wanting. */
    int surplus(PoolName pool) {
        return surplus.getOrDefault(pool, 0);
    }
}
