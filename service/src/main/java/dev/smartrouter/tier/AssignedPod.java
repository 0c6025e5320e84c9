package dev.smartrouter.tier;

import dev.smartrouter.PodName;
import dev.smartrouter.PoolName;

/**
 * A pod and the pool it belongs to.
 *
 * @param calls calls on it now
 * @param serving whether it would take a call: ready, not draining, not held
 */
public record AssignedPod(PodName pod, PoolName pool, int calls, boolean serving) {
    /** @throws IllegalArgumentException if the calls are negative */
    public AssignedPod {
        if (calls < 0) {
            throw new IllegalArgumentException("calls must be >= 0: " + calls);
        }
    }

    /** Whether another pool gains by having it. One that takes no calls fills a target without serving it. */
    boolean isSpare() {
        return calls == 0 && serving;
    }

    /** Whether it has more calls than an exclusive pool may ever see on one pod. */
    boolean isCrowded() {
        return calls > 1;
    }
}
