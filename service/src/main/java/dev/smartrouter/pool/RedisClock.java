package dev.smartrouter.pool;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.function.LongSupplier;

/**
 * Redis's clock, as this process sees it: monotonic time here plus an offset learned from replies. The estimate errs
 * early, never late, by at most the time that a reply took: a limit set by it is never overrun by a slow reply. The
 * wall clock of this machine takes no part.
 */
final class RedisClock {
    private static final int SAMPLES = 8;
    /** A difference that no slow reply explains: Redis's clock was set. */
    private static final long STEPPED_MS = 300;

    private record Sample(long offsetMs, long roundTripNanos) {}

    private final LongSupplier nanos;
    private final Deque<Sample> samples = new ArrayDeque<>();
    private volatile long offsetMs;

    /** @param nanos monotonic time in ns, such as {@link System#nanoTime} */
    RedisClock(LongSupplier nanos) {
        this.nanos = nanos;
    }

    long nanos() {
        return nanos.getAsLong();
    }

    /** Learns from a reply that said Redis's time and was asked for at {@code sentNanos}. */
    synchronized void heard(long redisMs, long sentNanos) {
        var now = nanos.getAsLong();
        // between the question and the reply it was this time: a late reply is no sign that the clock was set back
        if (redisMs - at(now) > STEPPED_MS || at(sentNanos) - redisMs > STEPPED_MS) samples.clear();
        samples.addLast(new Sample(redisMs - toMs(now), now - sentNanos));
        if (samples.size() > SAMPLES) samples.removeFirst();
        offsetMs = samples.stream()
                .min(Comparator.comparingLong(Sample::roundTripNanos))
                .map(Sample::offsetMs)
                .orElseThrow();
    }

    /** Forgets what it learned: another Redis answers now. */
    synchronized void reset() {
        samples.clear();
    }

    /** Redis's time in ms at a moment of monotonic time here. */
    long at(long momentNanos) {
        return toMs(momentNanos) + offsetMs;
    }

    /**
     * The later of what we take for Redis's time at a moment of monotonic time here and of a time there that is known to
     * be no later than it: so much surer than our estimate, which is early. A time that no slow reply explains was told
     * before Redis's clock was set, and counts for nothing.
     */
    long at(long momentNanos, long noEarlierThanMs) {
        var estimate = at(momentNanos);
        return noEarlierThanMs - estimate > STEPPED_MS ? estimate : Math.max(estimate, noEarlierThanMs);
    }

    long nowMs() {
        return at(nanos.getAsLong());
    }

    private static long toMs(long nanos) {
        return Math.floorDiv(nanos, Duration.ofMillis(1).toNanos());
    }
}
