package dev.smartrouter.cluster;

import dev.smartrouter.pool.Roster;
import dev.smartrouter.pool.StoreUnavailableException;
import io.dropwizard.lifecycle.Managed;
import java.time.Duration;
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
 * Leadership without election, for a router of one replica: it leads as soon as it has a fencing token, until it stops.
 * The token still keeps a predecessor's late writes out.
 */
public final class LoneLeadership implements Terms, Managed {
    private static final Logger log = LoggerFactory.getLogger(LoneLeadership.class);
    private static final Duration FOR_GOOD = Duration.ofDays(36_500);

    private final String identity;
    private final Roster roster;
    private final LongSupplier nanos;
    private final Duration retry;
    private final ScheduledExecutorService scheduler;
    private final Tenure tenure;
    private final Outage store = new Outage(log, "the store gives no fencing token");
    private @Nullable ScheduledFuture<?> timer;
    private long seen;
    private boolean stopped;

    /**
     * @param identity of this replica
     * @param nanos monotonic time in ns
     * @param clock for what people read
     * @param retry from one try to draw a token to the next
     */
    public LoneLeadership(
            String identity,
            Roster roster,
            LongSupplier nanos,
            InstantSource clock,
            Duration retry,
            ScheduledExecutorService scheduler) {
        this.identity = identity;
        this.roster = roster;
        this.nanos = nanos;
        this.retry = retry;
        this.scheduler = scheduler;
        this.tenure = new Tenure(nanos, clock);
    }

    @Override
    public synchronized void start() {
        timer = scheduler.scheduleWithFixedDelay(this::tick, 0, retry.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public synchronized void stop() {
        if (timer != null) timer.cancel(false);
        stopped = true;
        tenure.end("it stops");
    }

    /** One try to draw a token, if there is none, or if the last was outranked: as by a second replica. */
    synchronized void tick() {
        if (stopped || leads()) return;
        try {
            tenure.settle();
            var token = roster.lead(seen);
            store.over();
            seen = token;
            tenure.begin(token, nanos.getAsLong() + FOR_GOOD.toNanos());
        } catch (StoreUnavailableException e) {
            store.failed(e);
        } catch (RuntimeException e) {
            log.error("drawing a token failed; next try in {}", retry, e);
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

    @Override
    public Optional<String> leader() {
        return leads() ? Optional.of(identity) : Optional.empty();
    }

    @Override
    public long count() {
        return tenure.count();
    }

    @Override
    public void fenced(long token) {
        tenure.fenced(token);
    }
}
