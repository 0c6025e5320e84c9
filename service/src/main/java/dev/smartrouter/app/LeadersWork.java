package dev.smartrouter.app;

import dev.smartrouter.pool.AbsentCalls;
import dev.smartrouter.pool.Agents;
import dev.smartrouter.pool.ClusterRefill;
import dev.smartrouter.pool.Fleet;
import dev.smartrouter.pool.Mirror;
import dev.smartrouter.pool.Pools;
import dev.smartrouter.pool.Quarantine;
import dev.smartrouter.pool.Rebalancer;
import dev.smartrouter.pool.ReconcileLoop;
import dev.smartrouter.pool.Reconciler;
import dev.smartrouter.pool.Recovery;
import dev.smartrouter.pool.Refill;
import dev.smartrouter.pool.Roster;
import dev.smartrouter.pool.Standing;
import dev.smartrouter.pool.StoredSettings;
import dev.smartrouter.tier.TierConfig;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** What a replica does about pods while it leads, put together by hand. */
final class LeadersWork {
    private static final Duration TURN = Duration.ofMillis(250);
    private static final Duration ABSENT_CALLS_INTERVAL = Duration.ofSeconds(5);

    private final ClusterParts cluster;
    private final Rebalancer rebalancer;
    private final Reconciler reconciler;
    private final ReconcileLoop loop;
    private final Refill refill;

    /**
     * What the work is done on.
     *
     * @param open whether its gate is; while it is closed, only its refill writes
     */
    record Store(
            Pools pools,
            Roster roster,
            Fleet fleet,
            Recovery recovery,
            Mirror mirror,
            Supplier<TierConfig> tiers,
            BooleanSupplier open) {}

    LeadersWork(
            ClusterParts cluster,
            Store store,
            StoredSettings stored,
            Settings settings,
            LongSupplier nanos,
            InstantSource clock,
            Loops loops) {
        this.cluster = cluster;
        var terms = cluster.terms();
        rebalancer = new Rebalancer(store.roster(), store.tiers(), terms, nanos);
        reconciler = new Reconciler(cluster.cluster(), store.roster(), store.fleet(), store.tiers(), terms, rebalancer);
        loop = new ReconcileLoop(
                reconciler,
                stored.modes(),
                terms.whenever(store.open()),
                cluster.watcher(reconciler),
                settings.intervals().reconcile(),
                nanos,
                clock,
                loops.shown("reconcile", TURN));
        loops.runs(loop);
        var agents = new Agents(cluster.cluster());
        var quarantine = new Quarantine(
                cluster.cluster(),
                agents,
                reconciler,
                store.recovery(),
                store.pools(),
                settings.lifetimes().quarantine());
        var absent = new AbsentCalls(agents, store.mirror(), store.recovery(), nanos);
        loops.runs("absent-calls", ABSENT_CALLS_INTERVAL, () -> {
            if (store.open().getAsBoolean()) absent.tick();
        });
        refill = new ClusterRefill(stored, cluster.cluster(), reconciler, quarantine, absent);
    }

    Refill refill() {
        return refill;
    }

    Standing standing(boolean gateOpen) {
        var terms = cluster.terms();
        return new Standing(terms.leads(), terms.leader(), terms.since(), gateOpen, loop.last());
    }

    void show(RouterMetrics metrics) {
        metrics.count("orphaned_calls_total", "Calls that ended because their pod did.", reconciler::orphans);
        metrics.count("fenced_writes_total", "Writes refused because a newer leader had written.", reconciler::fenced);
        metrics.count("pod_moves_total", "Pods moved to another pool.", rebalancer::moves);
        metrics.count("leader_terms_total", "Terms that this replica began.", cluster.terms()::count);
        metrics.gauge(
                "reconcile_duration_seconds",
                "What the last comparison with the cluster took, in seconds; 0 before the first.",
                () -> loop.last().map(last -> last.took().toMillis() / 1e3).orElse(0.0));
        metrics.gauge(
                "reconcile_failed",
                "1 while the last comparison with the cluster failed.",
                () -> loop.last().filter(last -> !last.error().isEmpty()).isPresent() ? 1 : 0);
    }

    /** How a replica stands that may have such work, or not. */
    static Standing standing(Optional<LeadersWork> work, boolean gateOpen) {
        return work.map(some -> some.standing(gateOpen)).orElseGet(() -> Standing.unelected(gateOpen));
    }
}
