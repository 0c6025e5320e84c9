package dev.smartrouter.cluster;

import dev.smartrouter.pool.Roster;
import dev.smartrouter.pool.StoreUnavailableException;
import io.dropwizard.lifecycle.Managed;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One leader among replicas: who holds the Kubernetes Lease. To hold it is not yet to lead: the holder first draws a
 * fencing token and then makes sure that it still holds the Lease. A loop of our own rather than fabric8's elector,
 * which tells of a term before it has it and judges a rival by the rival's clock.
 */
public final class LeaseLeadership implements Terms, Managed {
    private static final Logger log = LoggerFactory.getLogger(LeaseLeadership.class);

    private final LeaderLease lease;
    private final Roster roster;
    private final LongSupplier nanos;
    private final ScheduledExecutorService scheduler;
    private final Tenure tenure;
    private final Patience patience;
    private final Outage api = new Outage(log, "the Lease cannot be read or renewed");
    private final Outage store = new Outage(log, "the Lease is held, but the store gives no fencing token");
    private @Nullable ScheduledFuture<?> timer;
    private @Nullable Lease held;
    private long renewedAt;
    private long seen;
    private boolean stopped;
    private volatile Optional<String> leader = Optional.empty();

    /**
     * @param nanos monotonic time in ns
     * @param clock for what people read
     */
    public LeaseLeadership(
            LeaderLease lease,
            Roster roster,
            LongSupplier nanos,
            InstantSource clock,
            ScheduledExecutorService scheduler) {
        this.lease = lease;
        this.roster = roster;
        this.nanos = nanos;
        this.scheduler = scheduler;
        this.tenure = new Tenure(nanos, clock);
        this.patience = new Patience(lease.times().lease());
    }

    @Override
    public synchronized void start() {
        timer = scheduler.scheduleWithFixedDelay(
                this::tick, 0, lease.times().retry().toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Stops leading, then gives the Lease up: another leads at its next try. */
    @Override
    public synchronized void stop() {
        if (timer != null) timer.cancel(false);
        stopped = true;
        tenure.end("it stops");
        release();
    }

    /** One try: to renew the Lease, to take it, or to see who has it. */
    synchronized void tick() {
        if (stopped) return;
        try {
            tenure.settle(); // before it is renewed: a term that has ended does not come back
            turn();
            api.over();
        } catch (KubernetesClientException e) {
            api.failed(e);
        } catch (RuntimeException e) {
            log.error("the election stumbled; next try in {}", lease.times().retry(), e);
        } finally {
            tenure.settle();
        }
    }

    @Override
    public boolean leads() {
        return tenure.token().isPresent();
    }

    @Override
    public OptionalLong token() {
        return tenure.tokenOfWrites();
    }

    @Override
    public void listen(TermListener listener) {
        tenure.listen(listener);
    }

    @Override
    public Optional<Instant> since() {
        return tenure.since();
    }

    /** The holder of the Lease, when it was last seen. */
    @Override
    public Optional<String> leader() {
        return leader;
    }

    @Override
    public long count() {
        return tenure.count();
    }

    @Override
    public void fenced(long token) {
        tenure.fenced(token);
    }

    private void turn() {
        if (held == null || !renew(held)) look();
        if (held != null && !leads()) begin();
    }

    private void look() {
        var found = lease.read();
        if (found.isEmpty()) {
            lost("the Lease was deleted");
            take(nanos.getAsLong(), lease.create());
        } else if (lease.isMine(found.get())) {
            renew(found.get()); // somebody annotated it, or the reply to our last write was lost
        } else {
            lost("the Lease is held by " + LeaderLease.holder(found.get()).orElse("nobody"));
            leader = LeaderLease.holder(found.get());
            if (patience.isOver(found.get(), nanos.getAsLong())) take(nanos.getAsLong(), lease.claim(found.get()));
        }
    }

    private boolean renew(Lease from) {
        var before = nanos.getAsLong();
        var renewed = lease.renew(from, tenure.token());
        if (renewed.isPresent()) hold(renewed.get(), before);
        return renewed.isPresent();
    }

    private void take(long before, Optional<Lease> taken) {
        if (taken.isEmpty()) return; // another was faster
        log.info("took the Lease {} as {}", LeaderLease.NAME, lease.identity());
        hold(taken.get(), before);
    }

    /** @param before the request was sent: a rival counts from when it saw the reply at the earliest */
    private void hold(Lease now, long before) {
        held = now;
        seen = Math.max(seen, LeaderLease.token(now));
        renewedAt = before;
        leader = Optional.of(lease.identity());
        tenure.extend(until());
    }

    private void lost(String why) {
        held = null;
        tenure.end(why);
    }

    private void begin() {
        tenure.settle(); // tells of the last term's end before the next begins
        long token;
        try {
            token = roster.lead(seen);
            store.over();
        } catch (StoreUnavailableException e) {
            store.failed(e);
            return;
        }
        seen = Math.max(seen, token);
        // A token drawn after the Lease was lost would outrank that of the next holder.
        var now = lease.read();
        if (now.isPresent() && lease.isMine(now.get())) {
            held = now.get();
            tenure.begin(token, until());
        } else {
            lost("the Lease was lost while drawing a token");
        }
    }

    private long until() {
        return renewedAt + lease.times().renewDeadline().toNanos();
    }

    private void release() {
        if (held == null) return;
        try {
            var released = lease.release(held)
                    .or(() -> lease.read().filter(lease::isMine).flatMap(lease::release));
            log.info(released.isPresent() ? "released the Lease" : "the Lease was no longer ours to release");
        } catch (KubernetesClientException e) {
            log.warn(
                    "the Lease could not be released; it runs out by itself in {}",
                    lease.times().lease(),
                    e);
        }
        held = null;
    }
}
