package dev.smartrouter.dashboard;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Shows the same frames to all who watch, and looks only while somebody does: the store is asked as often for sixteen as
 * for one. Who is slow misses frames and gets a whole one; nothing is queued for anybody.
 */
final class Broadcast {
    static final int MOST_WATCHERS = 16;

    private final Lookout lookout;
    private final Figures figures;
    private final Runnable wake;
    private final Semaphore seats = new Semaphore(MOST_WATCHERS);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private @Nullable Frame frame;
    private boolean over;

    /** @param wake makes a tick come at once: somebody has come, and there is nothing to see yet */
    Broadcast(Lookout lookout, Figures figures, Runnable wake) {
        this.lookout = lookout;
        this.figures = figures;
        this.wake = wake;
    }

    /** A seat before the frames; empty if all are taken. */
    Optional<Watcher> enter() {
        if (!seats.tryAcquire()) return Optional.empty();
        var watcher = new Watcher();
        if (current() == null) wake.run();
        return Optional.of(watcher);
    }

    boolean isWatched() {
        return seats.availablePermits() < MOST_WATCHERS;
    }

    /** Looks once, if anybody watches. */
    void tick() {
        if (!isWatched()) {
            lookout.rest();
            show(null);
            return;
        }
        var seen = lookout.look();
        var before = current();
        show(before == null ? Frame.first(seen, figures) : before.next(seen));
    }

    /** Everybody goes home, and nobody who comes sees anything. */
    void end() {
        lock.lock();
        try {
            over = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void show(@Nullable Frame next) {
        lock.lock();
        try {
            frame = next;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Frame current() {
        lock.lock();
        try {
            return frame;
        } finally {
            lock.unlock();
        }
    }

    /** One who watches. */
    final class Watcher implements AutoCloseable {
        private @Nullable Frame last;
        private boolean left;

        /**
         * Waits for a frame that this one has not seen: a whole one at first and after a gap, else what changed.
         *
         * @return empty if none came in time; or at the end, at once
         */
        Optional<String> next(Duration atMost) throws InterruptedException {
            Frame next;
            lock.lock();
            try {
                var left = atMost.toNanos();
                while (!over && (frame == null || frame == last) && left > 0) left = changed.awaitNanos(left);
                next = frame;
                if (over || next == null || next == last) return Optional.empty();
            } finally {
                lock.unlock();
            }
            var follows = last != null && next.follows(last);
            last = next;
            return Optional.of(follows ? next.change() : next.whole());
        }

        boolean isOver() {
            lock.lock();
            try {
                return over;
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void close() {
            if (!left) seats.release();
            left = true;
        }
    }
}
