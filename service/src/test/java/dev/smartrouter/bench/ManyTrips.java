package dev.smartrouter.bench;

import dev.smartrouter.CallSid;
import dev.smartrouter.PodName;
import dev.smartrouter.PoolName;
import dev.smartrouter.pod.Pod;
import dev.smartrouter.pool.Allocation;
import dev.smartrouter.pool.Census;
import dev.smartrouter.pool.Claim;
import dev.smartrouter.pool.ClaimRequest;
import dev.smartrouter.pool.Origin;
import dev.smartrouter.pool.Pools;
import dev.smartrouter.pool.Release;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import redis.clients.jedis.UnifiedJedis;

/**
 * The algorithm of the system that this one replaces, from the commands and keys that its operations documents name: a
 * lock, then one command after the other, ten round trips to allocate from an exclusive pool and eight to release.
 */
final class ManyTrips implements Pools {
    static final String PREFIX = "original:";

    private static final int DAY = 86_400;
    private static final String LOCK = """
            local record = redis.call('HGETALL', KEYS[1])
            if #record > 0 then return record end
            redis.call('HSET', KEYS[1], '_lock', '1')
            redis.call('EXPIRE', KEYS[1], 30)
            return {}""";

    private final UnifiedJedis redis;
    private final Clock clock;
    private final String lock;

    ManyTrips(UnifiedJedis redis, Clock clock) {
        this.redis = redis;
        this.clock = clock;
        this.lock = redis.scriptLoad(LOCK, PREFIX);
    }

    @Override
    public Claim claim(ClaimRequest request) {
        var key = call(request.call());
        if (!((List<?>) redis.evalsha(lock, List.of(key), List.of())).isEmpty()) {
            throw new IllegalStateException("a benchmark asks once for " + request.call());
        }
        redis.get(PREFIX + "tier:config");
        redis.hget(PREFIX + "merchant:config", request.merchant().orElseThrow().value());
        for (var step : request.chain().steps()) {
            var pod = redis.spop(PREFIX + step.pool() + ":available");
            if (pod == null || redis.exists(PREFIX + "pod:draining:" + pod)) continue;
            return new Claim.Claimed(store(request, step.pool(), pod));
        }
        redis.del(key);
        return new Claim.Full("");
    }

    private Allocation store(ClaimRequest request, PoolName pool, String pod) {
        var key = call(request.call());
        var now = clock.instant();
        var merchant = request.merchant().orElseThrow().value();
        redis.hset(
                key,
                Map.of(
                        "pod_name",
                        pod,
                        "source_pool",
                        pool.value(),
                        "merchant_id",
                        merchant,
                        "allocated_at",
                        now.toString()));
        redis.hdel(key, "_lock");
        redis.expire(key, DAY);
        redis.hset(
                PREFIX + "pod:" + pod,
                Map.of(
                        "status", "allocated",
                        "allocated_call_sid", request.call().value(),
                        "allocated_at", now.toString(),
                        "source_pool", pool.value()));
        redis.setex(PREFIX + "lease:" + pod, DAY, request.call().value());
        return new Allocation(
                request.call(),
                new PodName(pod),
                "",
                pool,
                merchant,
                now,
                Origin.UNKNOWN,
                "",
                request.wsUrl().replace("{pod}", pod),
                false);
    }

    @Override
    public Release release(CallSid sid) {
        var record = redis.hgetAll(call(sid));
        if (record.isEmpty()) return new Release.NotFound();
        var pod = record.getOrDefault("pod_name", "");
        var pool = new PoolName("pool:" + redis.get(PREFIX + "pod:tier:" + pod));
        var draining = redis.exists(PREFIX + "pod:draining:" + pod);
        redis.del(PREFIX + "lease:" + pod);
        redis.hset(PREFIX + "pod:" + pod, "status", draining ? "draining" : "available");
        redis.hdel(PREFIX + "pod:" + pod, "allocated_call_sid", "allocated_at", "source_pool");
        if (!draining) redis.sadd(PREFIX + pool + ":available", pod);
        redis.del(call(sid));
        var source = new PoolName(record.getOrDefault("source_pool", ""));
        var ended = new Release.Ended("", "", Instant.EPOCH); // the original did not say
        return new Release.Released(new PodName(pod), source, pool, draining, ended);
    }

    private static String call(CallSid sid) {
        return PREFIX + "call:" + sid;
    }

    @Override
    public boolean confirm(CallSid call) {
        throw notMeasured();
    }

    @Override
    public OptionalInt drain(PodName pod, Duration ttl) {
        throw notMeasured();
    }

    @Override
    public OptionalInt undrain(PodName pod) {
        throw notMeasured();
    }

    @Override
    public Optional<Allocation> findCall(CallSid call) {
        throw notMeasured();
    }

    @Override
    public Optional<Pod> findPod(PodName pod) {
        throw notMeasured();
    }

    @Override
    public Census census() {
        throw notMeasured();
    }

    private static UnsupportedOperationException notMeasured() {
        return new UnsupportedOperationException("only allocations and releases are measured");
    }
}
