package dev.smartrouter.pool;

import io.dropwizard.lifecycle.Managed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The leader's day: while this replica leads and the store is open it watches the pods, and compares all of them with
 * the store at the beginning, then again and again, and at once when a change could not be written. A store that is
 * closed is filled by the {@link Refill} of its round, and by nobody else: what a round recovers from is told by what is
 * there when it begins.
 */
public final class ReconcileLoop implements Managed {
    private static final Logger log = LoggerFactory.getLogger(ReconcileLoop.class);
    private static final Duration TURN = Duration.ofMillis(250);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);

    private final Reconciler reconciler;
    private final PoolModes modes;
    private final Leadership leadership;
    private final Managed watcher;
    private final Duration every;
    private final LongSupplier nanos;
    private final InstantSource clock;
    private final ScheduledExecutorService scheduler;
    private OptionalLong term = OptionalLong.empty();
    private long dueAt;
    private volatile @Nullable Outcome last;

    /**
     * How the last comparison went.
     *
     * @param error empty if it went well
     */
    public record Outcome(Instant at, Duration took, String error) {}

    /**
     * @param leadership while this replica leads and the store is open
     * @param watcher tells the reconciler of pods while it is started
     * @param every from one comparison to the next
     * @param nanos monotonic time in ns
     * @param clock for what people read
     */
    public ReconcileLoop(
            Reconciler reconciler,
            PoolModes modes,
            Leadership leadership,
            Managed watcher,
            Duration every,
            LongSupplier nanos,
            InstantSource clock,
            ScheduledExecutorService scheduler) {
        this.reconciler = reconciler;
        this.modes = modes;
        this.leadership = leadership;
        this.watcher = watcher;
        this.every = every;
        this.nanos = nanos;
        this.clock = clock;
        this.scheduler = scheduler;
    }

    @Override
    public void start() {
        var unused = scheduler.scheduleWithFixedDelay(this::tick, 0, TURN.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void stop() throws Exception {
        watcher.stop();
    }

    /** Takes up or lays down the work as the term begins or ends, and compares when that is due. */
    void tick() {
        try {
            var now = term();
            if (!now.equals(term)) change(now);
            if (now.isPresent() && (reconciler.isBehind() || nanos.getAsLong() - dueAt >= 0)) compare();
        } catch (Exception e) {
            log.error("the leader's loop stumbled; next try in {}", TURN, e);
        }
    }

    /** By its token, since one term may follow another between two turns; empty while there is none. */
    private OptionalLong term() {
        var token = leadership.token();
        return leadership.leads() ? token : OptionalLong.empty();
    }

    private void change(OptionalLong now) throws Exception {
        if (term.isPresent()) watcher.stop();
        term = OptionalLong.empty();
        if (now.isEmpty()) return;
        reconciler.begin();
        dueAt = nanos.getAsLong();
        watcher.start();
        term = now; // only now: what failed is tried again in the next turn
    }

    private void compare() {
        var start = nanos.getAsLong();
        var error = "";
        try {
            modes.tick();
            reconciler.reconcile();
        } catch (StoreUnavailableException | ClusterUnavailableException e) {
            error = String.valueOf(e.getMessage());
            log.warn("the pools could not be compared with the cluster: {}", error);
        }
        dueAt = nanos.getAsLong() + (error.isEmpty() ? every : AFTER_FAILURE).toNanos();
        last = new Outcome(clock.instant(), Duration.ofNanos(nanos.getAsLong() - start), error);
    }

    /** How the last comparison of this replica went; empty before its first. */
    public Optional<Outcome> last() {
        return Optional.ofNullable(last);
    }
}
