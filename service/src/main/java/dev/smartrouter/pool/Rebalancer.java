package dev.smartrouter.pool;

import dev.smartrouter.PoolName;
import dev.smartrouter.pool.Upkeep.Seen;
import dev.smartrouter.tier.AssignedPod;
import dev.smartrouter.tier.TierAssigner;
import dev.smartrouter.tier.TierConfig;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves idle pods to where the tiers want them. A pool whose pod has just gone is left alone: the pod is probably
 * restarting, and another in its place would have to move back.
 */
public final class Rebalancer {
    private static final Logger log = LoggerFactory.getLogger(Rebalancer.class);
    /** How long a StatefulSet's pod may take to come back under its name. */
    private static final Duration RESTART = Duration.ofMinutes(2);

    private final Roster roster;
    private final Supplier<TierConfig> config;
    private final Leadership leadership;
    private final LongSupplier nanos;
    private final Map<PoolName, Long> goneAt = new HashMap<>();
    private final LongAdder moves = new LongAdder();

    /** @param nanos monotonic time in ns */
    public Rebalancer(Roster roster, Supplier<TierConfig> config, Leadership leadership, LongSupplier nanos) {
        this.roster = roster;
        this.config = config;
        this.leadership = leadership;
        this.nanos = nanos;
    }

    /** A pod of this pool is gone. */
    void gone(PoolName pool) {
        goneAt.put(pool, nanos.getAsLong());
    }

    /**
     * @param pods all pods as the store has them now
     * @return whether a call was quicker than a move: another look may find a pod that is still idle
     */
    boolean rebalance(Collection<Seen> pods) {
        var outrun = false;
        var assigned = pods.stream().map(Rebalancer::assigned).toList();
        for (var move : new TierAssigner(config.get()).rebalance(assigned, waiting())) {
            var written = roster.move(leadership.token(), move.pod(), move.from(), move.to(), move.force());
            if (written.verdict() == Written.Verdict.DONE) {
                moves.increment();
                log.info("{} moves from {} to {}", move.pod(), move.from(), move.to());
            } else {
                log.info("{} stays in {} for now: {}", move.pod(), move.from(), written.verdict());
                outrun |= written.verdict() == Written.Verdict.BUSY;
            }
        }
        return outrun;
    }

    private static AssignedPod assigned(Seen pod) {
        var serving = pod.ready() && !pod.draining() && !pod.terminating() && !pod.held();
        return new AssignedPod(pod.pod(), pod.pool(), pod.calls(), serving);
    }

    private Set<PoolName> waiting() {
        var now = nanos.getAsLong();
        goneAt.values().removeIf(at -> now - at >= RESTART.toNanos());
        return Set.copyOf(goneAt.keySet());
    }

    /** Pods moved since the start. */
    public long moves() {
        return moves.sum();
    }
}
