package dev.smartrouter.tier;

import static dev.smartrouter.tier.Mode.EXCLUSIVE;

import dev.smartrouter.TierName;

/**
 * A class of service. An exclusive tier is one whose pods carry a single call.
 *
 * @param target pods wanted
 * @param capacity calls that one pod carries
 */
public record Tier(TierName name, Mode mode, int target, int capacity) {
    /** @throws IllegalArgumentException if no pod could ever be what these numbers say */
    public Tier {
        if (target < 0) {
            throw new IllegalArgumentException("target must be >= 0 pods: " + target);
        }
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity must be >= 1 call: " + capacity);
        }
        if (mode == EXCLUSIVE && capacity > 1) {
            throw new IllegalArgumentException("an exclusive pod carries one call, not " + capacity);
        }
    }

    static Tier exclusive(TierName name, int target) {
        return new Tier(name, EXCLUSIVE, target, 1);
    }
}
