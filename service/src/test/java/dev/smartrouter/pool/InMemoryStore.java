package dev.smartrouter.pool;

import dev.smartrouter.CallSid;
import dev.smartrouter.PodName;
import dev.smartrouter.PoolName;
import dev.smartrouter.tier.Mode;
import dev.smartrouter.tier.TierConfig;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * What the ports share in memory: the facts, and nothing else. Honest and simple: no index, so nothing to mend. Every
 * step holds its monitor.
 */
public final class InMemoryStore {
    private static final Duration TOMBSTONE = Duration.ofSeconds(120);

    final InstantSource clock;
    final Supplier<TierConfig> config;
    final Duration callTtl;
    final Map<PodName, MemoryPod> pods = new TreeMap<>(java.util.Comparator.comparing(PodName::value));
    final Map<CallSid, MemoryCall> calls = new HashMap<>();
    final Map<PoolName, Mode> modes = new HashMap<>();
    final Map<String, String> merchants = new HashMap<>();
    final Map<String, Instant> routers = new HashMap<>();
    final Set<String> acks = new HashSet<>();
    /** When the bucket of a merchant's new calls is full again, in ms. */
    final Map<String, Double> paces = new HashMap<>();

    Optional<String> gen = Optional.empty();
    Optional<String> round = Optional.empty();
    boolean everOpened;
    private final Map<CallSid, Instant> ended = new HashMap<>();
    private long epoch;
    private int rounds;

    /** @param callTtl how long a call may last that nobody confirms */
    public InMemoryStore(InstantSource clock, Supplier<TierConfig> config, Duration callTtl) {
        this.clock = clock;
        this.config = config;
        this.callTtl = callTtl.minus(RedisPools.SWEPT_BEFORE_EXPIRY);
    }

    Instant now() {
        return clock.instant();
    }

    Mode mode(PoolName pool) {
        return modes.getOrDefault(pool, Mode.EXCLUSIVE);
    }

    boolean free(MemoryPod pod) {
        return pod.free(mode(pod.pool), now());
    }

    /** When the call ended, if that is not too long ago to be remembered. */
    Optional<Instant> ended(CallSid sid) {
        return Optional.ofNullable(ended.get(sid))
                .filter(at -> at.plus(TOMBSTONE).isAfter(now()));
    }

    void end(CallSid sid) {
        end(sid, now());
    }

    void end(CallSid sid, Instant at) {
        var call = calls.remove(sid);
        if (call != null) call.pod().calls.remove(sid);
        ended.merge(sid, at, (known, later) -> later.isAfter(known) ? later : known);
    }

    /** Ends all calls of a pod; how many. */
    int endAll(MemoryPod pod) {
        var all = List.copyOf(pod.calls);
        all.forEach(this::end);
        return all.size();
    }

    void put(MemoryCall call) {
        calls.put(call.sid(), call);
        call.pod().calls.add(call.sid());
    }

    /** True if a newer leader has written. */
    boolean fenced(OptionalLong token) {
        if (token.isEmpty()) return false;
        epoch = Math.max(epoch, token.getAsLong());
        return token.getAsLong() < epoch;
    }

    long draw(long seen) {
        epoch = Math.max(Math.max(epoch, seen) + 1, now().toEpochMilli());
        return epoch;
    }

    String beginRound() {
        if (round.isEmpty()) round = Optional.of("round-" + ++rounds);
        return round.get();
    }

    /** What a merchant's config is now. */
    public synchronized void configure(String merchant, String text) {
        merchants.put(merchant, text);
    }

    /** All is lost; the gate closes. */
    public synchronized void flush() {
        pods.clear();
        calls.clear();
        modes.clear();
        ended.clear();
        paces.clear();
        acks.clear();
        gen = Optional.empty();
        round = Optional.empty();
        everOpened = false;
        epoch = 0;
    }
}
