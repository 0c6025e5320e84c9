package dev.smartrouter.pool;

import dev.smartrouter.pool.Recovery.Cause;
import dev.smartrouter.pool.Recovery.Round;
import dev.smartrouter.pool.Upkeep.Seen;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where no cluster tells of pods: a router remembers those that the last audit saw, so that pools which an operator set
 * by hand outlive a flush, as live calls do. Nobody can vouch for a pod here, and no pod is ever held.
 */
public final class HandSetRefill implements Refill {
    private static final Logger log = LoggerFactory.getLogger(HandSetRefill.class);

    private final StoredSettings settings;
    private final Roster roster;
    private final Pools pools;
    private final Supplier<? extends Collection<Seen>> fleet;
    private final Duration drainingTtl;
    private Collection<Seen> known = List.of();

    /** @param fleet the pods as the last audit left them */
    public HandSetRefill(
            StoredSettings settings,
            Roster roster,
            Pools pools,
            Supplier<? extends Collection<Seen>> fleet,
            Duration drainingTtl) {
        this.settings = settings;
        this.roster = roster;
        this.pools = pools;
        this.fleet = fleet;
        this.drainingTtl = drainingTtl;
    }

    @Override
    public void remember() {
        settings.remember();
        known = fleet.get();
    }

    @Override
    public void learn() {
        settings.learn();
    }

    @Override
    public void refill(Cause cause) {
        settings.putBack();
        if (cause == Cause.EMPTY && !known.isEmpty()) putBackPods();
        settings.setModes();
    }

    private void putBackPods() {
        for (var pod : known) {
            roster.register(OptionalLong.empty(), report(pod));
            if (pod.draining()) pools.drain(pod.pod(), drainingTtl);
        }
        log.warn("put back {} pods from memory", known.size());
    }

    private static PodReport report(Seen pod) {
        return new PodReport(
                pod.pod(),
                pod.incarnation(),
                Instant.EPOCH,
                pod.ready(),
                pod.terminating(),
                pod.pool(),
                Optional.empty(),
                true,
                "");
    }

    @Override
    public void vouch(Round round, Instant closedSince, Instant now) {}

    @Override
    public void opened(String gen) {}
}
