package dev.smartrouter.pool;

import dev.smartrouter.CallSid;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A router's memory of all live calls: what brings them back when the store forgets. It follows the store, and knows
 * at once what this router did itself. While the store is closed it only remembers.
 */
public final class Mirror {
    private static final int PAGE = 1_000;
    private static final int FETCH = 100;
    private static final Duration REMEMBER_RELEASED = Duration.ofMinutes(1);
    private static final Duration BETWEEN_FULL = Duration.ofSeconds(10);

    private final LongSupplier nanos;
    private final Map<CallSid, MirroredCall> calls = new ConcurrentHashMap<>();
    private final Map<CallSid, Instant> released = new ConcurrentHashMap<>();
    private volatile Instant newest = Instant.EPOCH;
    private volatile @Nullable String gen;
    private volatile Instant fullAt = Instant.EPOCH;
    private long fullNanos;
    private boolean everFull;

    /** @param nanos monotonic time in ns */
    public Mirror(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** This router gave a call its pod. */
    void allocated(MirroredCall call) {
        released.remove(call.call());
        calls.put(call.call(), call);
    }

    /** This router told a second asker of the call: the first may no longer abandon it, whatever the store forgets. */
    void answeredAgain(CallSid call) {
        calls.computeIfPresent(call, (sid, known) -> known.withoutToken());
    }

    /** This router gave a call's pod back, at this moment on the store's clock. */
    void released(CallSid call, Instant at) {
        released.put(call, at);
        calls.remove(call);
    }

    public int size() {
        return calls.size();
    }

    public Collection<MirroredCall> calls() {
        return List.copyOf(calls.values());
    }

    /** Calls that this router released in the last minute, and when, on the store's clock. */
    Map<CallSid, Instant> releasedLately() {
        return Map.copyOf(released);
    }

    Optional<MirroredCall> find(CallSid call) {
        return Optional.ofNullable(calls.get(call));
    }

    boolean holds(CallSid call) {
        return calls.containsKey(call);
    }

    /** What the store was opened as when this memory was last made to agree with it; empty if never. */
    Optional<String> gen() {
        return Optional.ofNullable(gen);
    }

    /** When, on the store's clock, all live calls were last looked at; the epoch if never. */
    Instant fullAt() {
        return fullAt;
    }

    /**
     * Follows the store: new calls each time, and every 10 s all of them, so that ended ones are forgotten. Counts
     * only if the store was open, as the same, before and after.
     *
     * @param beat what the store just said
     */
    void refresh(Recovery recovery, Recovery.Beat beat) {
        if (beat.gen().isEmpty()) return;
        released.values().removeIf(at -> at.isBefore(beat.now().minus(REMEMBER_RELEASED)));
        var full = !everFull || !beat.gen().equals(gen()) || nanos.getAsLong() - fullNanos > BETWEEN_FULL.toNanos();
        var startedNanos = nanos.getAsLong();
        var before = Map.copyOf(calls);
        var ids = ids(recovery, full ? Instant.EPOCH : newest, beat.gen());
        if (ids.isEmpty()) return;
        var seen = ids.get();
        if (full) {
            before.forEach((call, known) -> {
                if (!seen.containsKey(call)) calls.remove(call, known);
            });
            everFull = true;
            fullNanos = startedNanos;
            fullAt = beat.now();
        }
        gen = beat.gen().get();
        learn(recovery, seen, before);
    }

    /** Live calls and their deadlines, from a deadline on; empty if the store closed or was opened anew meanwhile. */
    private Optional<Map<CallSid, Instant>> ids(Recovery recovery, Instant from, Optional<String> expected) {
        var seen = new HashMap<CallSid, Instant>();
        var next = from;
        var limit = PAGE;
        while (true) {
            var page = recovery.expiring(next, limit);
            if (!page.gen().equals(expected)) return Optional.empty();
            page.entries().forEach(entry -> seen.put(entry.call(), entry.deadline()));
            if (page.entries().isEmpty()) return Optional.of(seen);
            var last = page.entries().getLast().deadline();
            if (last.isAfter(newest)) newest = last;
            if (page.entries().size() < limit) return Optional.of(seen);
            limit = last.equals(next) ? limit * 2 : PAGE; // a page of one and the same deadline: take a larger one
            next = last;
        }
    }

    /** Fetches what is not known, or known with another deadline: confirmed since, or another call of that sid. */
    private void learn(Recovery recovery, Map<CallSid, Instant> seen, Map<CallSid, MirroredCall> before) {
        var unknown = new ArrayList<CallSid>();
        seen.forEach((call, deadline) -> {
            var known = calls.get(call);
            if (known == null || !known.deadline().equals(deadline)) unknown.add(call);
        });
        for (int i = 0; i < unknown.size(); i += FETCH) {
            recovery.fetch(unknown.subList(i, Math.min(i + FETCH, unknown.size())))
                    .forEach(call -> learn(call, before.get(call.call())));
        }
    }

    /**
     * Unless this router did something meanwhile, which is newer than the answer: released that very call (a later one
     * of its sid is another), or allocated the sid anew.
     */
    private void learn(MirroredCall call, @Nullable MirroredCall before) {
        calls.compute(call.call(), (sid, known) -> {
            if (known != null && !known.equals(before)) return known;
            var ended = released.get(sid);
            return ended != null && !call.allocatedAt().isAfter(ended) ? known : call;
        });
    }
}
