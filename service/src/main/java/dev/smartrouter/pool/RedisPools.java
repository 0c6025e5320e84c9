package dev.smartrouter.pool;

import dev.smartrouter.CallSid;
import dev.smartrouter.PodName;
import dev.smartrouter.PoolName;
import dev.smartrouter.pod.Incarnation;
import dev.smartrouter.pod.Pod;
import dev.smartrouter.pod.PodState;
import dev.smartrouter.tier.TierConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/** {@link Pools} in Redis: one script a step. */
public final class RedisPools implements Pools {
    /** A record outlives its deadline by two sweeps, so that a sweep ends the call, never the record's own expiry. */
    static final Duration SWEPT_BEFORE_EXPIRY = Duration.ofSeconds(60);

    /** Pods of a larger pool are not counted one by one; 1,000 take the store about 1 ms. */
    private static final int COUNTED_SINGLY = 1_000;

    private final RedisStore store;
    private final Supplier<TierConfig> config;
    private final PoolKeys keys;
    private final Duration callTtl;
    private final AbandonedClaims abandoned;
    private final UnheardReleases unheard;
    private final Mirror mirror;

    /**
     * @param callTtl how long a call's record lives if nobody confirms or releases it; at least 10 min
     * @param abandoned takes the claims that ended with an unknown outcome
     * @param mirror learns at once of what this router does
     */
    public RedisPools(
            RedisStore store, Supplier<TierConfig> config, Duration callTtl, AbandonedClaims abandoned, Mirror mirror) {
        this.store = store;
        this.config = config;
        this.keys = new PoolKeys(store, config);
        this.callTtl = callTtl;
        this.abandoned = abandoned;
        this.unheard = new UnheardReleases(store, mirror);
        this.mirror = mirror;
    }

    @Override
    public Claim claim(ClaimRequest request) {
        var token = abandoned.newToken();
        var args = new ArrayList<>(List.of(
                request.call().value(),
                request.merchant().map(Object::toString).orElse(""),
                request.merchantConfig(),
                token,
                ms(callTtl),
                ms(callTtl.minus(SWEPT_BEFORE_EXPIRY)),
                Exchange.NOT_AFTER,
                request.wsUrl(),
                request.origin().provider(),
                request.origin().flow(),
                request.origin().template(),
                limit(request.limits().calls()),
                limit(request.limits().callsPerSecond())));
        for (var step : request.chain().steps()) {
            args.add(step.pool().value());
            args.add(Integer.toString(step.capacity()));
        }
        Reply reply;
        try {
            reply = store.runForNewCall("allocate", args);
        } catch (UnansweredException e) {
            abandoned.add(request.call(), token);
            throw e;
        }
        return switch (reply.verdict()) {
            case "NEW" -> new Claim.Claimed(mirrored(request.call(), reply));
            case "EXISTING" -> {
                var record = reply.list(1).fields();
                if (!token.equals(record.get(CallRecord.TOKEN))) mirror.answeredAgain(request.call());
                yield new Claim.Held(CallRecord.allocation(request.call(), record));
            }
            case "NO_PODS" -> new Claim.Full(reply.text(1));
            case "LIMIT" -> new Claim.Limited(Claim.Limit.valueOf(reply.text(1)));
            case "RECOVERING" -> new Claim.Closed();
            case "LATE" -> new Claim.Late();
            case "CONFIG" -> new Claim.ConfigChanged(reply.text(1));
            default -> throw reply.unexpected("allocate");
        };
    }

    private Allocation mirrored(CallSid call, Reply reply) {
        var record = reply.list(1).fields();
        var allocation = CallRecord.allocation(call, record);
        mirror.allocated(new MirroredCall(
                call,
                allocation.pod(),
                new Incarnation(allocation.incarnation(), reply.number(2)),
                allocation.source(),
                allocation.allocatedAt().plus(callTtl).minus(SWEPT_BEFORE_EXPIRY),
                record));
        return allocation;
    }

    /** Releases that the store did not answer; somebody has to make them say so again. */
    public UnheardReleases unheard() {
        return unheard;
    }

    @Override
    public Release release(CallSid call) {
        var asked = store.clock().nanos();
        Reply reply;
        try {
            reply = store.runForCall("release", List.of(call.value(), ""));
        } catch (StoreUnavailableException e) {
            unheard.add(call, asked);
            throw e;
        }
        return switch (reply.verdict()) {
            case "RELEASED" -> {
                var ended = new Release.Ended(reply.text(5), reply.text(6), Instant.ofEpochMilli(reply.number(7)));
                mirror.released(call, ended(asked, ended.since()));
                yield new Release.Released(
                        CallRecord.pod(call, reply.text(1)),
                        CallRecord.pool(reply.text(2)),
                        CallRecord.pool(reply.text(3)),
                        reply.flag(4),
                        ended);
            }
            case "NOT_FOUND" -> {
                var known = mirror.find(call).map(MirroredCall::allocatedAt).orElse(Instant.EPOCH);
                mirror.released(call, ended(asked, known));
                yield new Release.NotFound();
            }
            default -> throw reply.unexpected("release");
        };
    }

    /** When a call ended whose end was told then: not before it began. */
    private Instant ended(long toldNanos, Instant began) {
        return Instant.ofEpochMilli(store.clock().at(toldNanos, began.toEpochMilli()));
    }

    @Override
    public boolean confirm(CallSid call) {
        var reply =
                store.runForCall("confirm", List.of(call.value(), ms(callTtl), ms(callTtl.minus(SWEPT_BEFORE_EXPIRY))));
        return reply.verdict().equals("CONFIRMED");
    }

    @Override
    public OptionalInt drain(PodName pod, Duration ttl) {
        var args = new ArrayList<>(List.of(pod.value(), ms(ttl)));
        args.addAll(keys.configured());
        return callsOf(store.runForCall("drain", args));
    }

    @Override
    public OptionalInt undrain(PodName pod) {
        var args = new ArrayList<>(List.of(pod.value()));
        args.addAll(keys.configured());
        return callsOf(store.runForCall("undrain", args));
    }

    private static OptionalInt callsOf(Reply reply) {
        return reply.verdict().equals("NOT_FOUND") ? OptionalInt.empty() : OptionalInt.of(reply.count(1));
    }

    @Override
    public Optional<Allocation> findCall(CallSid call) {
        return store.runForCall("calls", List.of(call.value())).lists(0).stream()
                .findFirst()
                .map(found -> CallRecord.allocation(call, found.list(4).fields()));
    }

    @Override
    public Optional<Pod> findPod(PodName pod) {
        return store.runForCall("pods", List.of(pod.value())).lists(0).stream()
                .findFirst()
                .map(RedisPools::pod);
    }

    /** A pod as {@code pods.lua} tells of it. */
    static Pod pod(Reply facts) {
        return new Pod(
                new PodName(facts.text(0)),
                new PoolName(facts.text(1)),
                PodState.of(facts.text(2)),
                new Incarnation(facts.text(3), facts.number(4)),
                facts.flag(5),
                facts.flag(6),
                Instant.ofEpochMilli(facts.number(7)),
                facts.text(8).isEmpty() ? Optional.empty() : Optional.of(Duration.ofMillis(facts.number(8))),
                CallRecord.sid(facts.text(9)),
                facts.texts(11).stream()
                        .map(CallRecord::sid)
                        .flatMap(Optional::stream)
                        .toList(),
                facts.text(10));
    }

    @Override
    public Census census() {
        var pools = config.get().pools();
        var args = new ArrayList<>(List.of(Integer.toString(COUNTED_SINGLY)));
        pools.forEach((pool, tier) ->
                args.addAll(List.of(pool.value(), tier.mode().text(), Integer.toString(tier.capacity()))));
        var reply = store.runForCall("census", args);
        var counts = new LinkedHashMap<PoolName, Census.Count>();
        int i = 1;
        for (var pool : pools.keySet()) {
            var count = reply.list(i++);
            counts.put(pool, new Census.Count(count.number(0), count.number(1), count.number(2), count.number(3)));
        }
        return new Census(reply.number(0), counts);
    }

    private static String limit(OptionalInt most) {
        return most.isPresent() ? Integer.toString(most.getAsInt()) : "";
    }

    static String ms(Duration duration) {
        return Long.toString(duration.toMillis());
    }
}
