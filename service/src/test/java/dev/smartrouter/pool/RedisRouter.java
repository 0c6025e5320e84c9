package dev.smartrouter.pool;

import dev.smartrouter.CallSid;
import dev.smartrouter.PodName;
import dev.smartrouter.TierName;
import dev.smartrouter.pod.Incarnation;
import dev.smartrouter.tier.FallbackChain;
import dev.smartrouter.tier.Limits;
import dev.smartrouter.tier.TierConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** All that a router has of Redis, without HTTP: for tests of what Redis does to it. */
public final class RedisRouter implements AutoCloseable {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    final RedisStore store;
    final AbandonedClaims abandoned;
    final Mirror mirror = new Mirror(System::nanoTime);
    final RedisPools pools;
    final RedisRoster roster;
    final RedisUpkeep upkeep;
    final RedisRecovery recovery;
    final Auditor auditor;
    final GateKeeper gateKeeper;
    private final TierConfig config;
    private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(2);

    public RedisRouter(String url, String prefix, TierConfig config) {
        this.config = config;
        var id = UUID.randomUUID().toString();
        var ttl = Duration.ofHours(24);
        store = new RedisStore(RedisUrl.parse(url), prefix, Duration.ofMillis(250), ttl, System::nanoTime);
        abandoned = new AbandonedClaims(store, id);
        pools = new RedisPools(store, () -> config, ttl, abandoned, mirror);
        roster = new RedisRoster(store, () -> config);
        upkeep = new RedisUpkeep(store, () -> config);
        recovery = new RedisRecovery(store, () -> config, ttl);
        auditor = new Auditor(upkeep, Leadership.unelected(), Duration.ofSeconds(5), System::nanoTime, scheduler);
        var settings = new StoredSettings(
                () -> {},
                new MerchantMemory(store),
                new PoolModes(roster, new Fleet(upkeep), () -> config, Leadership.unelected()));
        var refill = new HandSetRefill(settings, roster, pools, auditor::fleet, Duration.ofMinutes(6));
        gateKeeper = new GateKeeper(
                recovery,
                store.gate(),
                mirror,
                new Replay(recovery, pools, mirror, true),
                refill,
                Leadership.unelected(),
                id,
                Duration.ofSeconds(10),
                System::nanoTime,
                scheduler);
    }

    /** With its loops running and the gate open. */
    public RedisRouter started() {
        gateKeeper.start();
        auditor.start();
        var unused = scheduler.scheduleWithFixedDelay(abandoned::tick, 1, 1, TimeUnit.SECONDS);
        Awaitility.await("the gate").until(store.gate()::isOpen);
        return this;
    }

    public RedisStore store() {
        return store;
    }

    public RedisPools pools() {
        return pools;
    }

    public Roster roster() {
        return roster;
    }

    public Upkeep upkeep() {
        return upkeep;
    }

    public Recovery recovery() {
        return recovery;
    }

    /** On Redis's clock, as far as this router knows. */
    public Instant now() {
        return Instant.ofEpochMilli(store.clock().nowMs());
    }

    /** What it claimed for callers it had refused; given back at each tick, which its owner makes. */
    public AbandonedClaims abandoned() {
        return abandoned;
    }

    /** Registers a ready pod in the pool of this tier. */
    public RedisRouter pod(String name, String tier) {
        var pool = config.poolOf(new TierName(tier));
        roster.retype(OptionalLong.empty(), pool, config.pools().get(pool).mode());
        roster.register(
                OptionalLong.empty(),
                new PodReport(
                        new PodName(name),
                        Incarnation.of("uid-" + name, NOON, 0),
                        NOON,
                        true,
                        false,
                        pool,
                        Optional.empty(),
                        true,
                        "{}"));
        return this;
    }

    public Claim claim(String call) {
        return pools.claim(new ClaimRequest(
                new CallSid(call),
                Optional.empty(),
                "",
                FallbackChain.resolve(config, null),
                Limits.NONE,
                Origin.UNKNOWN,
                "ws://agents/ws/pod/{pod}/" + call));
    }

    public Release release(String call) {
        return pools.release(new CallSid(call));
    }

    @Override
    public void close() {
        scheduler.shutdownNow();
        store.close();
    }
}
