package dev.smartrouter.tier;

import java.util.OptionalInt;

/**
 * How much a merchant may ask for; empty: as much as there is. None of it counts for a call that has a pod already.
 *
 * @param calls live at one time, on whatever pods
 * @param callsPerSecond new ones, as a bucket of that many that fills again within a second
 */
public record Limits(OptionalInt calls, OptionalInt callsPerSecond) {
    public static final Limits NONE = new Limits(OptionalInt.empty(), OptionalInt.empty());

    public Limits {
        if (calls.orElse(0) < 0) throw new IllegalArgumentException("calls must be >= 0: " + calls);
        if (callsPerSecond.orElse(0) < 0)
            throw new IllegalArgumentException("calls per second must be >= 0: " + callsPerSecond);
    }
}
