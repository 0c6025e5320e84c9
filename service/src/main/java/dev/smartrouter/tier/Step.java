package dev.smartrouter.tier;

import dev.smartrouter.PoolName;

/**
 * One pool of a fallback chain.
 *
 * @param capacity calls that one pod of the pool carries; a pod that has as many takes no more
 */
public record Step(PoolName pool, int capacity) {
    /** @throws IllegalArgumentException if the capacity is less than one call */
    public Step {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity must be >= 1 call: " + capacity);
        }
    }
}
