package dev.smartrouter.pool;

import dev.smartrouter.PodName;
import dev.smartrouter.PoolName;
import dev.smartrouter.pod.Incarnation;
import dev.smartrouter.tier.Mode;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;

/** Stops once, when all is decided and nothing is sent, until the world has changed. */
public final class StoppingRoster implements Roster {
    private final Roster real;
    private final AtomicBoolean stops = new AtomicBoolean();
    private Runnable meanwhile = () -> {};

    public StoppingRoster(Roster real) {
        this.real = real;
    }

    public void stopBeforeTheNextWrite(Runnable whatHappens) {
        meanwhile = whatHappens;
        stops.set(true);
    }

    private Roster awake() {
        if (stops.compareAndSet(true, false)) meanwhile.run();
        return real;
    }

    @Override
    public long lead(long seen) {
        return real.lead(seen);
    }

    @Override
    public Written register(OptionalLong token, PodReport report) {
        return awake().register(token, report);
    }

    @Override
    public Written remove(OptionalLong token, PodName pod, Incarnation incarnation) {
        return awake().remove(token, pod, incarnation);
    }

    @Override
    public Written move(OptionalLong token, PodName pod, PoolName from, PoolName to, boolean force) {
        return awake().move(token, pod, from, to, force);
    }

    @Override
    public Written retype(OptionalLong token, PoolName pool, Mode mode) {
        return awake().retype(token, pool, mode);
    }
}
