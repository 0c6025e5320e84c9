package dev.smartrouter.app;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Whether the store answers, told by its beats without asking it. */
final class Pulse {
    /** Two beats missed, and some. */
    private static final Duration PATIENCE = Duration.ofMillis(2_500);

    private final Supplier<Optional<Instant>> lastBeat;
    private final LongSupplier nanos;
    private Optional<Instant> known = Optional.empty(); // only tick's
    private volatile long knownSince;
    private volatile boolean everBeat;

    /**
     * @param lastBeat what the store's clock said in the last beat it answered
     * @param nanos monotonic time in ns
     */
    Pulse(Supplier<Optional<Instant>> lastBeat, LongSupplier nanos) {
        this.lastBeat = lastBeat;
        this.nanos = nanos;
    }

    void tick() {
        var last = lastBeat.get();
        if (last.equals(known)) return;
        known = last;
        knownSince = nanos.getAsLong();
        everBeat = true;
    }

    boolean isFelt() {
        return everBeat && nanos.getAsLong() - knownSince < PATIENCE.toNanos();
    }
}
