package dev.smartrouter.simulator.fault;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What is wrong with a proxy's connections at the moment. Set by anyone, read by every connection for every piece. */
final class Faults {
    /** What becomes of replies. */
    enum Replies {
        PASS,
        DROP,
        DROP_AND_CUT
    }

    private record Armed(long number, CrashPoint point) {}

    private final AtomicLong exchanges = new AtomicLong();
    private final AtomicReference<@Nullable Armed> armed = new AtomicReference<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition thawed = lock.newCondition();
    private volatile boolean frozen;
    private volatile Duration there = Duration.ZERO;
    private volatile Duration back = Duration.ZERO;
    private volatile Replies replies = Replies.PASS;

    /** Another exchange begins. @return where it breaks, if it does */
    Optional<CrashPoint> begin() {
        var number = exchanges.incrementAndGet();
        var next = armed.get();
        if (next == null || number < next.number || !armed.compareAndSet(next, null)) return Optional.empty();
        return Optional.of(next.point);
    }

    long exchanges() {
        return exchanges.get();
    }

    void arm(CrashPoint point) {
        armed.set(new Armed(exchanges.get() + point.exchange(), point));
    }

    void disarm() {
        armed.set(null);
    }

    boolean isArmed() {
        return armed.get() != null;
    }

    void freeze(boolean now) {
        lock.lock();
        try {
            frozen = now;
            thawed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Returns at once if it is not frozen. */
    void awaitThaw() throws InterruptedException {
        if (!frozen) return;
        lock.lockInterruptibly();
        try {
            while (frozen) thawed.await();
        } finally {
            lock.unlock();
        }
    }

    void delay(Duration there, Duration back) {
        this.there = there;
        this.back = back;
    }

    Duration there() {
        return there;
    }

    Duration back() {
        return back;
    }

    void replies(Replies now) {
        replies = now;
    }

    Replies replies() {
        return replies;
    }
}
