package dev.smartrouter.cluster;

import dev.smartrouter.PodName;
import dev.smartrouter.PoolName;
import dev.smartrouter.pod.Incarnation;
import dev.smartrouter.pool.PodReport;
import dev.smartrouter.pool.Roster;
import dev.smartrouter.pool.StoreUnavailableException;
import dev.smartrouter.pool.Written;
import dev.smartrouter.tier.Mode;
import java.util.OptionalLong;

/** What an election needs of the store: fencing tokens, each larger than the last, while the store answers. */
final class TokenDispenser implements Roster {
    private long last = 1_000;
    private boolean down;
    private Runnable meanwhile = () -> {};

    @Override
    public synchronized long lead(long seen) {
        if (down) throw new StoreUnavailableException("the store is down");
        last = Math.max(last, seen) + 1;
        meanwhile.run();
        return last;
    }

    synchronized void down(boolean now) {
        down = now;
    }

    /** The store has lost all it knew. */
    synchronized void flush() {
        last = 0;
    }

    /** What happens in the world while a token is drawn. */
    synchronized void meanwhile(Runnable event) {
        meanwhile = event;
    }

    @Override
    public Written register(OptionalLong token, PodReport report) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Written remove(OptionalLong token, PodName pod, Incarnation incarnation) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Written move(OptionalLong token, PodName pod, PoolName from, PoolName to, boolean force) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Written retype(OptionalLong token, PoolName pool, Mode mode) {
        throw new UnsupportedOperationException();
    }
}
