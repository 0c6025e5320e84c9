package dev.smartrouter.verify;

import dev.smartrouter.CallSid;
import dev.smartrouter.MerchantId;
import dev.smartrouter.PodName;
import dev.smartrouter.PoolName;
import dev.smartrouter.pod.Incarnation;
import dev.smartrouter.pool.AbandonedClaims;
import dev.smartrouter.pool.Claim;
import dev.smartrouter.pool.ClaimRequest;
import dev.smartrouter.pool.Mirror;
import dev.smartrouter.pool.Origin;
import dev.smartrouter.pool.PodReport;
import dev.smartrouter.pool.RedisPools;
import dev.smartrouter.pool.RedisProcess;
import dev.smartrouter.pool.RedisRecovery;
import dev.smartrouter.pool.RedisRoster;
import dev.smartrouter.pool.RedisStore;
import dev.smartrouter.pool.RedisSurvey;
import dev.smartrouter.pool.RedisUpkeep;
import dev.smartrouter.pool.RedisUrl;
import dev.smartrouter.tier.FallbackChain;
import dev.smartrouter.tier.Limits;
import dev.smartrouter.tier.TierConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import redis.clients.jedis.Jedis;

/** A store in a Redis of its own that no router is at work on: whole, until a test's hand is laid on its keys. */
final class VerifiedStore implements AutoCloseable {
    static final TierConfig CONFIG = TierConfig.parse("""
            {"tiers":{"gold":{"type":"exclusive","target":2},"basic":{"type":"shared","target":1,"max_concurrent":3}},\
            "default_chain":["gold","basic"]}""");
    private static final String PREFIX = "voice:";
    private static final Duration DAY = Duration.ofHours(24);
    private static final Duration TIMEOUT = Duration.ofSeconds(1);
    private static final Duration ENOUGH = Duration.ofSeconds(30);

    private final RedisProcess process = RedisProcess.start();
    private final RedisStore store =
            new RedisStore(RedisUrl.parse(process.url()), PREFIX, TIMEOUT, DAY, System::nanoTime);
    private final RedisRoster roster = new RedisRoster(store, () -> CONFIG);
    private final RedisUpkeep upkeep = new RedisUpkeep(store, () -> CONFIG);
    private final RedisRecovery recovery = new RedisRecovery(store, () -> CONFIG, DAY);
    private final RedisPools pools =
            new RedisPools(store, () -> CONFIG, DAY, new AbandonedClaims(store, "test"), new Mirror(System::nanoTime));
    private final Verifier verifier = new Verifier(
            () -> new RedisSurvey(RedisUrl.parse(process.url()), PREFIX, TIMEOUT, System::nanoTime),
            CONFIG,
            new Verifier.Rhythm(Duration.ofSeconds(30), Duration.ofSeconds(5)),
            System::nanoTime,
            Duration.ofMillis(20));
    private final Mender mender =
            new Mender(verifier, new Mender.Transitions(upkeep, roster, pools, recovery), Duration.ofMinutes(6));
    private final Jedis keys = process.connect();

    /** The keys, as redis-cli would show them. */
    Jedis keys() {
        return keys;
    }

    /** Empties it, and opens its gate. */
    VerifiedStore opened() {
        keys.flushAll();
        CONFIG.pools().forEach((pool, tier) -> roster.retype(OptionalLong.empty(), pool, tier.mode()));
        var round = recovery.begin().orElseThrow();
        recovery.ack(round, "test", false);
        if (!recovery.open(OptionalLong.empty(), "gen", round)) throw new IllegalStateException("the gate is closed");
        return this;
    }

    VerifiedStore pod(String name, String pool) {
        roster.register(
                OptionalLong.of(7),
                new PodReport(
                        new PodName(name),
                        Incarnation.of("uid", Instant.EPOCH, 0),
                        Instant.EPOCH,
                        true,
                        false,
                        new PoolName(pool),
                        Optional.empty(),
                        false,
                        "{}"));
        return this;
    }

    /** The pod that a call gets. */
    String claim(String call) {
        return claim(call, Optional.empty());
    }

    String claim(String call, Optional<MerchantId> merchant) {
        var claim = pools.claim(new ClaimRequest(
                new CallSid(call),
                merchant,
                "",
                FallbackChain.resolve(CONFIG, null),
                Limits.NONE,
                new Origin("twilio", "v2", "lead"),
                "wss://agents/ws/pod/{pod}/" + call));
        if (claim instanceof Claim.Claimed claimed)
            return claimed.allocation().pod().value();
        throw new IllegalStateException(call + " got no pod: " + claim);
    }

    void release(String call) {
        pools.release(new CallSid(call));
    }

    Report verify() {
        return verifier.verify(ENOUGH);
    }

    Report verify(Duration atMost) {
        return verifier.verify(atMost);
    }

    Mender.Outcome mend() {
        return mender.mend(ENOUGH);
    }

    List<String> lines() {
        return verify().findings().stream().map(Finding::line).toList();
    }

    @Override
    public void close() {
        keys.close();
        store.close();
        process.close();
    }
}
