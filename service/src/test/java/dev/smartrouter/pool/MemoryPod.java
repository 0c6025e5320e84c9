package dev.smartrouter.pool;

import dev.smartrouter.CallSid;
import dev.smartrouter.PodName;
import dev.smartrouter.PoolName;
import dev.smartrouter.pod.Incarnation;
import dev.smartrouter.pod.Pod;
import dev.smartrouter.pod.PodState;
import dev.smartrouter.tier.Mode;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A pod's facts in memory; whether it is free is asked, never stored. */
final class MemoryPod {
    final PodName name;
    final Set<CallSid> calls = new LinkedHashSet<>();
    PoolName pool;
    Incarnation incarnation;
    boolean ready;
    boolean terminating;
    Instant heldUntil = Instant.EPOCH;
    Instant drainingUntil = Instant.EPOCH;
    String metadata = "";

    MemoryPod(PodName name, PoolName pool, Incarnation incarnation) {
        this.name = name;
        this.pool = pool;
        this.incarnation = incarnation;
    }

    boolean draining(Instant now) {
        return drainingUntil.isAfter(now);
    }

    boolean free(Mode mode, Instant now) {
        return schedulable(now) && (mode == Mode.SHARED || calls.isEmpty());
    }

    private boolean schedulable(Instant now) {
        return ready && !terminating && !draining(now) && !heldUntil.isAfter(now);
    }

    PodState state(Instant now) {
        if (terminating || draining(now)) return PodState.DRAINING;
        if (!calls.isEmpty()) return PodState.ALLOCATED;
        return schedulable(now) ? PodState.AVAILABLE : PodState.UNAVAILABLE;
    }

    Pod snapshot(Instant now) {
        return new Pod(
                name,
                pool,
                state(now),
                incarnation,
                ready,
                terminating,
                heldUntil,
                draining(now) ? Optional.of(Duration.between(now, drainingUntil)) : Optional.empty(),
                calls.stream().findFirst(),
                List.copyOf(calls),
                metadata);
    }
}
