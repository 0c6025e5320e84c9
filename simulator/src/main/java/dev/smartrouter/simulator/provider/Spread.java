package dev.smartrouter.simulator.provider;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;

/** How durations are spread, for any number of them in the same 8 kB: each is known to within a sixteenth. */
public final class Spread {
    private static final int STEPS = 16;
    private static final int STEP_BITS = 4;

    private final AtomicLongArray counts = new AtomicLongArray(64 * STEPS);

    /** @param nanos less than 0 counts as 0 */
    void add(long nanos) {
        counts.incrementAndGet(indexOf(Math.max(nanos, 0)));
    }

    public long count() {
        var sum = 0L;
        for (var i = 0; i < counts.length(); i++) sum += counts.get(i);
        return sum;
    }

    /**
     * What this share of all was at most; zero if there are none.
     *
     * @param share such as 0.99
     */
    public Duration quantile(double share) {
        var left = (long) Math.ceil(count() * share);
        for (var i = 0; i < counts.length(); i++) {
            left -= counts.get(i);
            if (left <= 0 && counts.get(i) > 0) return Duration.ofNanos(upperBound(i));
        }
        return Duration.ZERO;
    }

    /** Small numbers are themselves; of others the highest five bits count. */
    private static int indexOf(long nanos) {
        if (nanos < STEPS) return (int) nanos;
        var shift = 63 - Long.numberOfLeadingZeros(nanos) - STEP_BITS;
        return (shift + 1) * STEPS + (int) (nanos >>> shift) - STEPS;
    }

    private static long upperBound(int index) {
        if (index < STEPS) return index;
        var shift = index / STEPS - 1;
        return ((long) (index % STEPS + STEPS + 1) << shift) - 1;
    }
}
