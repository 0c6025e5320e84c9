package dev.smartrouter.pool;

import dev.smartrouter.pool.Recovery.Cause;
import dev.smartrouter.pool.Recovery.Round;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where a cluster tells of pods: a store that closed gets them from a fresh LIST. */
public final class ClusterRefill implements Refill {
    private static final Logger log = LoggerFactory.getLogger(ClusterRefill.class);

    private final StoredSettings settings;
    private final Cluster cluster;
    private final Reconciler reconciler;
    private final Quarantine quarantine;
    private final AbsentCalls absent;

    public ClusterRefill(
            StoredSettings settings,
            Cluster cluster,
            Reconciler reconciler,
            Quarantine quarantine,
            AbsentCalls absent) {
        this.settings = settings;
        this.cluster = cluster;
        this.reconciler = reconciler;
        this.quarantine = quarantine;
        this.absent = absent;
    }

    @Override
    public void remember() {
        settings.remember();
    }

    @Override
    public void learn() {
        settings.learn();
    }

    /** Goes on without the cluster if that does not answer: what the store still holds is better than nothing. */
    @Override
    public void refill(Cause cause) {
        settings.putBack();
        settings.setModes();
        try {
            reconciler.begin();
            reconciler.reconcile();
        } catch (ClusterUnavailableException e) {
            log.error("the cluster does not answer; the gate opens on the pods that the store still has", e);
        }
    }

    @Override
    public void vouch(Round round, Instant closedSince, Instant now) {
        absent.expect(now);
        try {
            quarantine.see(round, closedSince, now);
        } catch (ClusterUnavailableException e) {
            if (!round.remembered()) throw e; // then only the cluster can say which pods may be busy: the gate waits
            log.error("the cluster does not answer; agents were not asked for the calls they have", e);
        }
    }

    @Override
    public void opened(String gen) {
        try {
            cluster.rememberOpened(gen);
        } catch (ClusterUnavailableException e) {
            log.warn("the cluster could not be told that the gate was opened: {}", e.getMessage());
        }
    }
}
