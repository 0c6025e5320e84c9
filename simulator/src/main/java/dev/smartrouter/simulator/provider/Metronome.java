package dev.smartrouter.simulator.provider;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Beats time for all frames of all calls, with two threads. Calls beat on a common grid of 4 ms: measured with 200 calls
 * at 20 ms, waking once for many frames took 0.4 of a core, and once for each of them a whole one.
 */
final class Metronome implements AutoCloseable {
    private static final long GRID = TimeUnit.MILLISECONDS.toNanos(4);

    private final ScheduledThreadPoolExecutor threads;
    private final Spread lateness = new Spread();

    Metronome() {
        threads = new ScheduledThreadPoolExecutor(
                2, Thread.ofPlatform().daemon().name("metronome-", 0).factory());
        threads.setRemoveOnCancelPolicy(true);
    }

    /**
     * Beats until the future is cancelled. A beat that comes late is made up for, as it is on a line.
     *
     * @param phase any number: calls with different ones do not all beat at once
     * @param tick must not throw, and must not wait
     */
    Future<?> start(Duration interval, int phase, Runnable tick) {
        var period = interval.toNanos();
        var now = System.nanoTime();
        var offset = phase % Math.max(period / GRID, 1) * GRID;
        var first = now - Math.floorMod(now, GRID) + GRID + offset;
        var due = new AtomicLong(first);
        return threads.scheduleAtFixedRate(
                () -> {
                    lateness.add(System.nanoTime() - due.getAndAdd(period));
                    tick.run();
                },
                first - now,
                period,
                TimeUnit.NANOSECONDS);
    }

    /** How much later than due the beats came. */
    Spread lateness() {
        return lateness;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
