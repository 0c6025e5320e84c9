package dev.smartrouter.pool;

import dev.smartrouter.pool.Recovery.Beat;
import dev.smartrouter.pool.Recovery.Cause;
import dev.smartrouter.pool.Recovery.Round;
import io.dropwizard.lifecycle.Managed;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Beats, follows the store with the mirror, and, when the store may have lost writes, replays what this router
 * remembers and opens the gate once all routers have: see {@code docs/adr/0005-the-gate.md}.
 */
public final class GateKeeper implements Managed {
    private static final Logger log = LoggerFactory.getLogger(GateKeeper.class);
    private static final Duration BEAT = Duration.ofSeconds(1);
    private static final Duration TURN = Duration.ofMillis(200);
    /** Every router that lives has beaten once more, also one that began to a moment before the loss. */
    private static final Duration ROLL_CALL = BEAT.plus(TURN);

    private static final Duration DEAD_AFTER = Duration.ofSeconds(30);

    private final Recovery recovery;
    private final Gate gate;
    private final Mirror mirror;
    private final Replay replay;
    private final Refill refill;
    private final Leadership leadership;
    private final String router;
    private final Duration recoveryWait;
    private final LongSupplier nanos;
    private final ScheduledExecutorService scheduler;
    /** Routers, and when they were last heard of, in ns: the store forgets them with all the rest. */
    private final Map<String, Long> alive = new HashMap<>();

    private long lastBeat;
    private long roundSince;
    private String replayed = "";
    private String refilled = "";
    private @Nullable Instant closedSince;
    private long closedNanos;
    private volatile @Nullable Instant lastHeard;

    /**
     * @param router id of this router, unique to this start of it
     * @param recoveryWait how long to wait, at most, for the other routers to replay
     * @param nanos monotonic time in ns
     */
    public GateKeeper(
            Recovery recovery,
            Gate gate,
            Mirror mirror,
            Replay replay,
            Refill refill,
            Leadership leadership,
            String router,
            Duration recoveryWait,
            LongSupplier nanos,
            ScheduledExecutorService scheduler) {
        this.recovery = recovery;
        this.gate = gate;
        this.mirror = mirror;
        this.replay = replay;
        this.refill = refill;
        this.leadership = leadership;
        this.router = router;
        this.recoveryWait = recoveryWait;
        this.nanos = nanos;
        this.scheduler = scheduler;
        this.lastBeat = nanos.getAsLong() - BEAT.toNanos();
    }

    @Override
    public void start() {
        var unused = scheduler.scheduleWithFixedDelay(this::tick, 0, TURN.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** One turn: a beat when one is due; at every turn while the gate is closed, for callers wait. */
    void tick() {
        try {
            var now = nanos.getAsLong();
            if (gate.isOpen() && now - lastBeat < BEAT.toNanos()) return;
            lastBeat = now;
            turn();
        } catch (StoreUnavailableException | ClusterUnavailableException e) {
            log.warn("the gate keeper tries again: {}", e.getMessage());
        } catch (RuntimeException e) {
            log.error("the gate keeper stumbled; next try in {}", BEAT, e);
        }
    }

    /** When the store last answered, on its clock; empty if never. */
    public Optional<Instant> lastHeard() {
        return Optional.ofNullable(lastHeard);
    }

    private void turn() {
        var beat = recovery.beat(router);
        lastHeard = beat.now();
        hear(beat.routers());
        if (beat.gen().isEmpty()) {
            recover(beat);
            return;
        }
        replayLate(beat);
        replayed = "";
        closedSince = null;
        refill.remember();
        mirror.refresh(recovery, beat);
    }

    private void hear(Set<String> routers) {
        var now = nanos.getAsLong();
        routers.forEach(each -> alive.put(each, now));
        alive.values().removeIf(at -> now - at > DEAD_AFTER.toNanos());
    }

    /** The others opened the gate without us: what we remember is still a fact. */
    private void replayLate(Beat beat) {
        var known = mirror.gen();
        if (replayed.isEmpty() && known.isPresent() && !known.equals(beat.gen())) {
            log.warn("the gate was opened without this router, which replays late");
            replay.run();
        }
    }

    private void recover(Beat beat) {
        if (closedSince == null) {
            closedSince = beat.now();
            closedNanos = nanos.getAsLong();
        }
        if (replayed.isEmpty()) refill.learn();
        var begun = recovery.begin();
        if (begun.isEmpty()) return;
        if (!replayed.equals(begun.get().id()) || isToRefill(begun.get())) {
            join(begun.get());
            begun = recovery.begin();
        }
        if (begun.isPresent() && mayOpen(begun.get())) open(begun.get(), beat.now());
    }

    private boolean isToRefill(Round round) {
        return leadership.leads() && !refilled.equals(round.id());
    }

    private void join(Round round) {
        log.warn("the store is closed ({}): joining round {}", round.cause(), round.id());
        if (!replayed.equals(round.id())) roundSince = nanos.getAsLong();
        if (isToRefill(round)) {
            refill.refill(round.cause());
            if (round.cause() == Cause.UPGRADE) log.warn("adopted {} calls", recovery.adoptCalls());
            refilled = round.id();
        }
        replay.run();
        if (recovery.ack(round, router, mirror.gen().isPresent())) replayed = round.id();
    }

    private boolean mayOpen(Round round) {
        var awaited = new HashSet<>(alive.keySet());
        awaited.removeAll(round.acked());
        return leadership.leads()
                && (round.cause() == Cause.UPGRADE // nobody can remember what no router of ours has opened
                        || nanos.getAsLong() - closedNanos >= ROLL_CALL.toNanos())
                && refilled.equals(round.id())
                && replayed.equals(round.id())
                && (awaited.isEmpty() || nanos.getAsLong() - roundSince >= recoveryWait.toNanos());
    }

    private void open(Round round, Instant now) {
        refill.vouch(round, closedSince == null ? now : closedSince, now);
        var gen = UUID.randomUUID().toString();
        if (recovery.open(leadership.token(), gen, round)) {
            log.warn("opened the gate after round {}", round.id());
            refill.opened(gen);
        }
    }
}
