package dev.smartrouter.simulator;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** What has been started. What was started first is stopped last, and a part that does not stop holds up no other. */
final class Parts implements AutoCloseable {
    private static final Duration GLANCE = Duration.ofMillis(50);

    private final Deque<AutoCloseable> started = new ArrayDeque<>();

    <T extends AutoCloseable> T add(T part) {
        started.push(part);
        return part;
    }

    /** @throws IllegalStateException if it is not so in time */
    static void await(String what, Duration within, BooleanSupplier reached) {
        var until = System.nanoTime() + within.toNanos();
        while (!reached.getAsBoolean()) {
            if (System.nanoTime() > until)
                throw new IllegalStateException(what + ": not within " + within.toSeconds() + " s");
            LockSupport.parkNanos(GLANCE.toNanos());
        }
    }

    @Override
    public void close() {
        while (!started.isEmpty()) {
            try {
                started.pop().close();
            } catch (Exception e) {
                System.err.println("a part of the simulator did not stop: " + e.getMessage());
            }
        }
    }
}
