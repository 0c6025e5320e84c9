package dev.smartrouter.pool;

import dev.smartrouter.pod.Incarnation;
import dev.smartrouter.pool.Recovery.Cause;
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
 * A router's memory of the pods, for where no cluster tells of them: pools that an operator set by hand outlive a
 * flush as live calls do.
 */
public final class FleetMemory implements GateKeeper.Refill {
    private static final Logger log = LoggerFactory.getLogger(FleetMemory.class);

    private final Roster roster;
    private final Pools pools;
    private final Supplier<? extends Collection<Seen>> fleet;
    private final Duration drainingTtl;
    private Collection<Seen> known = List.of();

    /** @param fleet the pods as the last audit left them */
    public FleetMemory(Roster roster, Pools pools, Supplier<? extends Collection<Seen>> fleet, Duration drainingTtl) {
        this.roster = roster;
        this.pools = pools;
        this.fleet = fleet;
        this.drainingTtl = drainingTtl;
    }

    @Override
    public void remember() {
        known = fleet.get();
    }

    @Override
    public void refill(Cause cause) {
        if (cause != Cause.EMPTY || known.isEmpty()) return;
        for (var pod : known) {
            roster.register(OptionalLong.empty(), report(pod));
            if (pod.draining()) pools.drain(pod.pod(), drainingTtl);
        }
        log.warn("put back {} pods from memory", known.size());
    }

    private static PodReport report(Seen pod) {
        return new PodReport(
                pod.pod(),
                Incarnation.LEGACY,
                Instant.EPOCH,
                pod.ready(),
                pod.terminating(),
                pod.pool(),
                Optional.empty(),
                true,
                "");
    }
}
