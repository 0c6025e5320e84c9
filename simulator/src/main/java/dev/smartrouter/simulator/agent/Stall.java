package dev.smartrouter.simulator.agent;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Holds back, in order, what happens to software that hangs, until it goes on. */
final class Stall {
    private final Queue<Runnable> held = new ArrayDeque<>();
    private volatile boolean stalled;

    synchronized void begin() {
        stalled = true;
    }

    /** Does what was held back, and what is held back meanwhile. */
    void end() {
        // No lock while they run: one may wait for a socket whose worker waits for this lock.
        for (var next = next(); next != null; next = next()) next.run();
    }

    boolean stalled() {
        return stalled;
    }

    /** @return false if nothing hangs, so that it is for the caller to do it now */
    boolean holds(Runnable task) {
        if (!stalled) return false;
        synchronized (this) {
            if (stalled) held.add(task);
            return stalled;
        }
    }

    private synchronized @Nullable Runnable next() {
        var next = held.poll();
        if (next == null) stalled = false;
        return next;
    }
}
