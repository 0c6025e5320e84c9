package dev.smartrouter.pool;

import dev.smartrouter.CallSid;
import dev.smartrouter.pod.Incarnation;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** {@link Recovery} in memory. There is no state of the original's, and no other process to take over. */
public final class InMemoryRecovery implements Recovery {
    private static final Duration DEAD_AFTER = Duration.ofSeconds(30);
    private static final Duration RESTORED_FOR = Duration.ofHours(4);
    private static final String MEMORY = "*memory";

    private final InMemoryStore store;

    public InMemoryRecovery(InMemoryStore store) {
        this.store = store;
    }

    @Override
    public Beat beat(String router) {
        synchronized (store) {
            var now = store.now();
            store.routers.put(router, now);
            store.routers.values().removeIf(at -> !at.plus(DEAD_AFTER).isAfter(now));
            return new Beat(now, store.gen, Set.copyOf(store.routers.keySet()));
        }
    }

    @Override
    public Optional<Round> begin() {
        synchronized (store) {
            if (store.gen.isPresent()) return Optional.empty();
            var acked = new HashSet<>(store.acks);
            var remembered = acked.remove(MEMORY);
            var cause = store.everOpened ? Cause.RESTART : Cause.EMPTY;
            return Optional.of(new Round(store.beginRound(), cause, acked, remembered));
        }
    }

    @Override
    public Restored restore(MirroredCall call, boolean readyIfUnknown) {
        synchronized (store) {
            var allocatedAt = CallRecord.allocation(call.call(), call.record()).allocatedAt();
            var present = store.calls.get(call.call());
            if (present != null && !present.allocatedAt().isBefore(allocatedAt)) return Restored.PRESENT;
            var ended = store.ended(call.call());
            if (ended.isPresent() && !ended.get().isBefore(allocatedAt)) return Restored.ENDED;
            var known = store.pods.get(call.pod());
            if (known != null && later(known.incarnation, call.incarnation())) return Restored.STALE;
            if (present != null) store.end(call.call(), present.allocatedAt());
            var pod = known == null
                            || known.incarnation.number() < call.incarnation().number()
                    ? begun(call, known, readyIfUnknown)
                    : known;
            var record = new HashMap<>(call.record());
            record.put("restored", "1");
            var atMost = store.now().plus(RESTORED_FOR);
            var deadline = call.deadline().isBefore(atMost) ? call.deadline() : atMost;
            store.put(new MemoryCall(call.call(), pod, deadline, record));
            return Restored.RESTORED;
        }
    }

    @Override
    public boolean end(CallSid sid, Instant endedAt) {
        synchronized (store) {
            var call = store.calls.get(sid);
            if (call != null && call.allocatedAt().isAfter(endedAt)) return false;
            store.end(sid, endedAt);
            return call != null;
        }
    }

    private static boolean later(Incarnation known, Incarnation told) {
        return known.number() > told.number() || (known.number() == told.number() && !known.equals(told));
    }

    /** A pod of which only its call tells. */
    private MemoryPod begun(MirroredCall call, MemoryPod known, boolean ready) {
        var pool = call.pool();
        if (known != null) {
            store.endAll(known);
            pool = known.pool;
        }
        var pod = new MemoryPod(call.pod(), pool, call.incarnation());
        pod.ready = ready;
        store.pods.put(call.pod(), pod);
        return pod;
    }

    @Override
    public boolean ack(Round round, String router, boolean remembers) {
        synchronized (store) {
            if (!store.round.equals(Optional.of(round.id()))) return false;
            store.acks.add(router);
            if (remembers) store.acks.add(MEMORY);
            return true;
        }
    }

    @Override
    public boolean open(OptionalLong token, String gen, Round round) {
        synchronized (store) {
            if (store.fenced(token)) return false;
            if (store.gen.equals(Optional.of(gen))) return true;
            if (!store.round.equals(Optional.of(round.id()))) return false;
            store.gen = Optional.of(gen);
            store.everOpened = true;
            store.round = Optional.empty();
            store.acks.clear();
            return true;
        }
    }

    @Override
    public int adoptCalls() {
        return 0;
    }

    @Override
    public Page expiring(Instant from, int limit) {
        synchronized (store) {
            var entries = store.calls.values().stream()
                    .filter(call -> !call.deadline().isBefore(from))
                    .sorted(Comparator.comparing(MemoryCall::deadline))
                    .limit(limit)
                    .map(call -> new Entry(call.sid(), call.deadline()))
                    .toList();
            return new Page(store.gen, entries);
        }
    }

    @Override
    public List<MirroredCall> fetch(List<CallSid> calls) {
        synchronized (store) {
            return calls.stream()
                    .map(store.calls::get)
                    .filter(Objects::nonNull)
                    .map(call -> new MirroredCall(
                            call.sid(),
                            call.pod().name,
                            call.pod().incarnation,
                            call.pod().pool,
                            call.deadline(),
                            call.record()))
                    .toList();
        }
    }
}
