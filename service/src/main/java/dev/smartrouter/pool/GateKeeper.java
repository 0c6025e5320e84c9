package dev.smartrouter.pool;

import dev.smartrouter.CallSid;
import dev.smartrouter.pool.Recovery.Beat;
import dev.smartrouter.pool.Recovery.Cause;
import dev.smartrouter.pool.Recovery.Restored;
import dev.smartrouter.pool.Recovery.Round;
import io.dropwizard.lifecycle.Managed;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
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
    private static final int PAGE = 1_000;

    private final Recovery recovery;
    private final Pools pools;
    private final Mirror mirror;
    private final AbandonedClaims abandoned;
    private final Refill refill;
    private final String router;
    private final Duration recoveryWait;
    private final LongSupplier nanos;
    private final ScheduledExecutorService scheduler;
    private final LongAdder restored = new LongAdder();
    private Set<String> alive = Set.of();
    private long lastBeat;
    private long roundSince;
    private String replayed = "";
    private @Nullable Instant lastHeard;

    /** What the store should hold besides calls: config, modes, pods. */
    public interface Refill {
        /** Remembers it as it is now; the store is known to be open. */
        void remember();

        /** Puts it back into a store that has just closed; all of it is safe to repeat. */
        void refill(Cause cause);
    }

    /**
     * @param router id of this router, unique to this start of it
     * @param recoveryWait how long to wait, at most, for the other routers to replay
     * @param nanos monotonic time in ns
     */
    public GateKeeper(
            Recovery recovery,
            Pools pools,
            Mirror mirror,
            AbandonedClaims abandoned,
            Refill refill,
            String router,
            Duration recoveryWait,
            LongSupplier nanos,
            ScheduledExecutorService scheduler) {
        this.recovery = recovery;
        this.pools = pools;
        this.mirror = mirror;
        this.abandoned = abandoned;
        this.refill = refill;
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

    /** One turn: a beat when one is due, at every turn while the gate is closed. */
    void tick() {
        try {
            var now = nanos.getAsLong();
            if (replayed.isEmpty() && now - lastBeat < BEAT.toNanos()) return;
            lastBeat = now;
            turn();
        } catch (StoreUnavailableException e) {
            log.warn("no beat: {}", e.getMessage());
        } catch (RuntimeException e) {
            log.error("the gate keeper stumbled; next try in {}", BEAT, e);
        }
    }

    private void turn() {
        var beat = recovery.beat(router);
        lastHeard = beat.now();
        if (beat.gen().isEmpty()) {
            recover(beat);
            return;
        }
        replayLate(beat);
        replayed = "";
        alive = beat.routers();
        refill.remember();
        mirror.refresh(recovery, beat);
        abandoned.tick();
    }

    /** When the store last answered, on its clock; empty if never. */
    public Optional<Instant> lastHeard() {
        return Optional.ofNullable(lastHeard);
    }

    /** The others opened the gate without us: what we remember is still a fact. */
    private void replayLate(Beat beat) {
        var known = mirror.gen();
        if (known.isPresent() && !known.equals(beat.gen()) && replayed.isEmpty()) {
            log.warn(
                    "the gate was opened as {} without this router; replaying {} calls late",
                    beat.gen().get(),
                    mirror.size());
            replay();
        }
    }

    private void recover(Beat beat) {
        var begun = recovery.begin();
        if (begun.isEmpty()) return;
        var round = begun.get();
        if (!replayed.equals(round.id())) {
            log.warn("the store is closed ({}); replaying {} calls", round.cause(), mirror.size());
            roundSince = nanos.getAsLong();
            refill.refill(round.cause());
            if (round.cause() == Cause.UPGRADE) log.info("adopted {} calls", recovery.adoptCalls());
            replay();
            if (!recovery.ack(round, router)) return;
            replayed = round.id();
            begun = recovery.begin();
            if (begun.isEmpty()) return;
            round = begun.get();
        }
        if (mayOpen(round, beat)
                && recovery.open(OptionalLong.empty(), UUID.randomUUID().toString(), round)) {
            log.info("opened the gate after round {}", round.id());
        }
    }

    private boolean mayOpen(Round round, Beat beat) {
        var awaited = new HashSet<>(alive);
        awaited.addAll(beat.routers());
        awaited.removeAll(round.acked());
        return awaited.isEmpty() || nanos.getAsLong() - roundSince >= recoveryWait.toNanos();
    }

    /** Brings back what this router remembers, and ends what it knows to have ended. */
    private void replay() {
        endForgotten();
        var outcome = new EnumMap<Restored, Integer>(Restored.class);
        for (var call : mirror.calls()) outcome.merge(recovery.restore(call, true), 1, Integer::sum);
        for (var call : mirror.releasedLately()) pools.release(call);
        restored.add(outcome.getOrDefault(Restored.RESTORED, 0));
        log.info("replayed: {}", outcome);
    }

    /** Calls that the store has from before our last full look and that we did not see then, had ended. */
    private void endForgotten() {
        if (mirror.gen().isEmpty()) return;
        var next = Instant.EPOCH;
        while (true) {
            var entries = recovery.expiring(next, PAGE).entries();
            for (var entry : entries) {
                if (!mirror.holds(entry.call()) && startedBefore(entry.call(), mirror.fullAt()))
                    pools.release(entry.call());
            }
            if (entries.size() < PAGE || entries.getLast().deadline().equals(next)) return;
            next = entries.getLast().deadline();
        }
    }

    private boolean startedBefore(CallSid call, Instant moment) {
        return pools.findCall(call)
                .filter(found -> found.allocatedAt().isBefore(moment))
                .isPresent();
    }

    /** Calls brought back since the start. */
    public long restored() {
        return restored.sum();
    }
}
