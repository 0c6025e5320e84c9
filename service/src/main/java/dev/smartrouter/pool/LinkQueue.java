package dev.smartrouter.pool;

import java.time.Duration;
import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * What waits for a link: many put, one thread takes. Nobody waits for a lock, and the thread is woken only if it sleeps:
 * at tens of thousands a second both cost more than the queue.
 */
final class LinkQueue {
    private final int most;
    private final Queue<Exchange> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();
    private final AtomicReference<@Nullable Thread> sleeper = new AtomicReference<>();

    /** @param most that may wait */
    LinkQueue(int most) {
        this.most = most;
    }

    /** False if it is full. */
    boolean offer(Exchange exchange) {
        if (size.incrementAndGet() > most) {
            size.decrementAndGet();
            return false;
        }
        queue.add(exchange);
        if (sleeper.get() != null) LockSupport.unpark(sleeper.getAndSet(null));
        return true;
    }

    /**
     * Waits until something is there, or so long, or for no reason.
     *
     * @throws InterruptedException if the thread was interrupted
     */
    void await(Duration time) throws InterruptedException {
        sleeper.set(Thread.currentThread());
        if (queue.isEmpty()) LockSupport.parkNanos(this, time.toNanos());
        sleeper.set(null);
        if (Thread.interrupted()) throw new InterruptedException();
    }

    /** Moves at most so many, the first first. */
    void drainTo(Collection<Exchange> to, int atMost) {
        for (int i = 0; i < atMost; i++) {
            var next = queue.poll();
            if (next == null) return;
            size.decrementAndGet();
            to.add(next);
        }
    }

    int size() {
        return size.get();
    }
}
