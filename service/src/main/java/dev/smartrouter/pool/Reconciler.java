package dev.smartrouter.pool;

import dev.smartrouter.PodName;
import dev.smartrouter.PoolName;
import dev.smartrouter.pool.Upkeep.Seen;
import dev.smartrouter.tier.TierAssigner;
import dev.smartrouter.tier.TierConfig;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the pools agree with the cluster, as the leader: one pod at a time as it is seen, and all of them from a LIST,
 * which repairs whatever the watch missed. What it remembers only saves writes that would change nothing; the store
 * decides.
 */
public final class Reconciler implements PodListener {
    private static final Logger log = LoggerFactory.getLogger(Reconciler.class);

    /** Each reads all pods; what five could not move is moved in the next comparison. */
    private static final int MOST_LOOKS = 5;

    private final Cluster cluster;
    private final Roster roster;
    private final Fleet fleet;
    private final Supplier<TierConfig> config;
    private final Leadership leadership;
    private final Rebalancer rebalancer;
    private final Map<PodName, PoolName> assigned = new HashMap<>();
    private final Map<PodName, PodSighting> registered = new HashMap<>();
    private volatile boolean behind;
    private final LongAdder orphans = new LongAdder();
    private final LongAdder fenced = new LongAdder();

    public Reconciler(
            Cluster cluster,
            Roster roster,
            Fleet fleet,
            Supplier<TierConfig> config,
            Leadership leadership,
            Rebalancer rebalancer) {
        this.cluster = cluster;
        this.roster = roster;
        this.fleet = fleet;
        this.config = config;
        this.leadership = leadership;
        this.rebalancer = rebalancer;
    }

    /** Forgets what was written under an earlier token: another leader may have written since. */
    synchronized void begin() {
        assigned.clear();
        registered.clear();
    }

    @Override
    public synchronized void seen(PodSighting pod) {
        if (!leadership.leads() || pod.equals(registered.get(pod.pod()))) return;
        if (pod.gone()) {
            vanished(pod);
            return;
        }
        try {
            register(pod, new TierAssigner(config.get()).poolFor(pod.pod(), assigned), false, Optional.empty());
        } catch (StoreUnavailableException e) {
            missed(pod, e);
        }
    }

    @Override
    public synchronized void vanished(PodSighting pod) {
        if (!leadership.leads()) return;
        try {
            remove(pod.pod(), roster.remove(leadership.token(), pod.pod(), pod.incarnation()));
        } catch (StoreUnavailableException e) {
            missed(pod, e);
        }
    }

    private void missed(PodSighting pod, StoreUnavailableException e) {
        behind = true;
        log.warn("the store missed a change of {}: {}", pod.pod(), e.getMessage());
    }

    /** Whether a change could not be written: the next comparison is due at once. */
    boolean isBehind() {
        return behind;
    }

    /**
     * One whole comparison, and the moves that the tiers ask for.
     *
     * @throws ClusterUnavailableException if the cluster does not answer; nothing is changed then
     */
    synchronized void reconcile() {
        if (!leadership.leads()) return;
        var known = fleet.look(); // before the LIST: a pod that comes after it is not missed below
        var listed = cluster.list();
        learn(known);
        forget(known, listed);
        registerAll(listed, Optional.empty(), fleet.unlike(known, listed));
        rebalance();
        behind = false;
    }

    private void rebalance() {
        for (int look = 0; look < MOST_LOOKS; look++) {
            if (!rebalancer.rebalance(fleet.look())) return;
        }
    }

    /**
     * Registers every pod of a fresh LIST, whatever the store may know.
     *
     * @param heldUntil end of the quarantine of all of them, if there is to be one
     */
    synchronized void registerAll(Collection<PodSighting> pods, Optional<Instant> heldUntil) {
        registerAll(pods, heldUntil, pods);
    }

    private void registerAll(
            Collection<PodSighting> listed, Optional<Instant> heldUntil, Collection<PodSighting> wanted) {
        var names =
                listed.stream().filter(pod -> !pod.gone()).map(PodSighting::pod).toList();
        var pools = new TierAssigner(config.get()).assign(names, assigned);
        for (var pod : wanted) {
            var pool = pools.get(pod.pod());
            if (pool == null) vanished(pod);
            else register(pod, pool, true, heldUntil);
        }
    }

    private void register(PodSighting pod, PoolName pool, boolean listed, Optional<Instant> heldUntil) {
        var written = roster.register(
                leadership.token(),
                new PodReport(
                        pod.pod(),
                        pod.incarnation(),
                        pod.started(),
                        pod.ready(),
                        pod.terminating(),
                        pool,
                        heldUntil,
                        listed,
                        pod.metadata()));
        switch (written.verdict()) {
            case NEW, REINCARNATED, DONE -> {
                var joined = written.pool().orElse(pool);
                assigned.put(pod.pod(), joined);
                registered.put(pod.pod(), pod);
                tell(written, pod, joined);
            }
            case STALE ->
                log.info(
                        "{} of {} is older than what is known of it",
                        pod.pod(),
                        pod.incarnation().id());
            case FENCED -> fenced("registering " + pod.pod());
            case BUSY, NOT_FOUND -> log.error("the store answered {} to registering {}", written, pod.pod());
        }
    }

    private void tell(Written written, PodSighting pod, PoolName pool) {
        orphans.add(written.ended());
        var what = pod.terminating() ? "terminating" : pod.ready() ? "ready" : "not ready";
        switch (written.verdict()) {
            case NEW -> log.info("{} joins {}, {}", pod.pod(), pool, what);
            case REINCARNATED ->
                log.info(
                        "{} of {} lives anew, {}; {} calls of its former life ended",
                        pod.pod(),
                        pool,
                        what,
                        written.ended());
            default -> log.debug("{} of {} is {}", pod.pod(), pool, what);
        }
    }

    private void remove(PodName pod, Written written) {
        switch (written.verdict()) {
            case DONE -> {
                orphans.add(written.ended());
                var pool = assigned.remove(pod);
                registered.remove(pod);
                if (pool != null) rebalancer.gone(pool);
                log.info("{} is gone; {} calls ended with it", pod, written.ended());
            }
            case FENCED -> fenced("removing " + pod);
            default -> log.debug("removing {}: {}", pod, written.verdict());
        }
    }

    private void learn(Collection<Seen> known) {
        assigned.clear();
        known.forEach(pod -> assigned.put(pod.pod(), pod.pool()));
    }

    /** Removes pods that the store had before the LIST and that the LIST has not. */
    private void forget(Collection<Seen> known, List<PodSighting> listed) {
        var names = new HashSet<PodName>();
        listed.forEach(pod -> names.add(pod.pod()));
        for (var pod : known) {
            if (!names.contains(pod.pod())) {
                remove(pod.pod(), roster.remove(leadership.token(), pod.pod(), pod.incarnation()));
            }
        }
    }

    private void fenced(String what) {
        fenced.increment();
        leadership.token().ifPresent(leadership::fenced);
        log.warn("{} was refused: a newer leader has written. Its term is over", what);
    }

    /** Calls that ended because their pod did, since the start. */
    public long orphans() {
        return orphans.sum();
    }

    /** Writes that the fence refused, since the start. */
    public long fenced() {
        return fenced.sum();
    }
}
