package dev.smartrouter.pool;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Whether the store is open for new calls, as this router last heard. The store itself decides, in every claim; the
 * gate only lets a caller wait for it instead of asking again and again.
 */
public final class Gate {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition opened = lock.newCondition();
    private boolean open;

    public boolean isOpen() {
        lock.lock();
        try {
            return open;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the gate is open, at most this long; false if it is still closed then, or on interruption. */
    public boolean awaitOpen(Duration atMost) {
        lock.lock();
        try {
            var left = atMost.toNanos();
            while (!open && left > 0) left = opened.awaitNanos(left);
            return open;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Takes note of what the store said, in a beat or in its answer to a claim. */
    public void heard(boolean nowOpen) {
        lock.lock();
        try {
            open = nowOpen;
            if (open) opened.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
