package dev.smartrouter.simulator.verdict;

import java.util.stream.LongStream;

/**
 * How a time was spread: exact, not estimated; in milliseconds, all 0 if there was nothing to measure.
 *
 * @param count how often it was measured
 * @param p50Ms half of them took no longer (in JSON {@code p50_ms})
 * @param p99Ms 99 of 100 took no longer ({@code p99_ms})
 * @param maxMs none took longer ({@code max_ms})
 */
public record Spread(long count, double p50Ms, double p99Ms, double maxMs) {
    static Spread ofNanos(LongStream nanos) {
        var sorted = nanos.sorted().toArray();
        return new Spread(sorted.length, rank(sorted, 0.5), rank(sorted, 0.99), rank(sorted, 1));
    }

    /** The smallest value that a share of all does not exceed. */
    private static double rank(long[] sorted, double share) {
        if (sorted.length == 0) return 0;
        var value = sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
        return Math.round(value / 1e3) / 1e3;
    }

    @Override
    public String toString() {
        return "p50 %.1f ms, p99 %.1f ms, max %.1f ms".formatted(p50Ms, p99Ms, maxMs);
    }
}
