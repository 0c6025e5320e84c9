package dev.smartrouter.pool;

import dev.smartrouter.CallSid;
import dev.smartrouter.MerchantId;
import dev.smartrouter.PodName;
import dev.smartrouter.PoolName;
import dev.smartrouter.pod.Incarnation;
import dev.smartrouter.pod.Pod;
import dev.smartrouter.tier.FallbackChain;
import dev.smartrouter.tier.Limits;
import dev.smartrouter.tier.MerchantConfig;
import dev.smartrouter.tier.TierConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A store of a test's own, its clock under the test's hand: gold and standard are exclusive, basic is shared by two
 * calls a pod, acme is a merchant's own. It begins open and without pods.
 */
public abstract class StoreFixture implements AutoCloseable {
    public static final TierConfig CONFIG = TierConfig.parse("""
            {"tiers":{"gold":{"type":"exclusive","target":1},"standard":{"type":"exclusive","target":1},
            "basic":{"type":"shared","target":1,"max_concurrent":2},"acme":{"type":"exclusive","target":1}},
            "default_chain":["gold","standard","basic"]}""");
    public static final Duration CALL_TTL = Duration.ofHours(1);
    static final PoolName GOLD = new PoolName("pool:gold");
    static final PoolName STANDARD = new PoolName("pool:standard");
    static final PoolName BASIC = new PoolName("pool:basic");
    static final OptionalLong NOBODY = OptionalLong.empty();
    private static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");

    public abstract Pools pools();

    public abstract Roster roster();

    public abstract Upkeep upkeep();

    public abstract Recovery recovery();

    public abstract Instant now();

    /** Time passes, and nothing else happens. */
    public abstract void elapse(Duration time);

    public abstract void configure(String merchant, String text);

    /** The store forgets everything. */
    public abstract void flush();

    @Override
    public abstract void close();

    /** Opens the gate as a router alone does. */
    public StoreFixture opened() {
        return opened("gen");
    }

    StoreFixture opened(String gen) {
        CONFIG.pools().forEach((pool, tier) -> roster().retype(NOBODY, pool, tier.mode()));
        var round = recovery().begin().orElseThrow();
        recovery().ack(round, "r", false);
        if (!recovery().open(NOBODY, gen, round)) throw new IllegalStateException("the gate stays closed");
        return this;
    }

    /** A ready pod joins. */
    public StoreFixture pod(String name, PoolName pool) {
        roster().register(NOBODY, report(name, pool));
        return this;
    }

    /** What the cluster says of a pod in its first life, ready. */
    static PodReport report(String name, PoolName pool) {
        return report(name, pool, life(0), true);
    }

    static PodReport report(String name, PoolName pool, Incarnation life, boolean ready) {
        return new PodReport(
                new PodName(name), life, CREATED, ready, false, pool, Optional.empty(), false, "{\"node\":\"n1\"}");
    }

    /** A life of a pod, by how often its agent has restarted. */
    static Incarnation life(int restarts) {
        return Incarnation.of("uid", CREATED, restarts);
    }

    static ClaimRequest request(String call) {
        return request(call, Optional.empty(), "");
    }

    static ClaimRequest request(String call, Optional<MerchantId> merchant, String config) {
        return new ClaimRequest(
                new CallSid(call),
                merchant,
                config,
                FallbackChain.resolve(CONFIG, null),
                Limits.NONE,
                new Origin("twilio", "v2", "lead"),
                "wss://agents/ws/pod/{pod}/" + call);
    }

    /** A call of a merchant's, by a router that has read this config. */
    Claim claim(String call, String merchant, String config) {
        return pools().claim(new ClaimRequest(
                new CallSid(call),
                Optional.of(new MerchantId(merchant)),
                config,
                FallbackChain.resolve(CONFIG, null),
                MerchantConfig.parse(config).limits(),
                new Origin("twilio", "v2", "lead"),
                "wss://agents/ws/pod/{pod}/" + call));
    }

    Claim claim(String call) {
        return pools().claim(request(call));
    }

    /** The allocation of a call that gets a pod. */
    Allocation claimed(String call) {
        if (claim(call) instanceof Claim.Claimed claimed) return claimed.allocation();
        throw new AssertionError(call + " got no pod");
    }

    Release release(String call) {
        return pools().release(new CallSid(call));
    }

    Pod pod(String name) {
        return pools().findPod(new PodName(name)).orElseThrow();
    }

    /** All pods are audited. */
    List<Upkeep.Seen> audit() {
        return upkeep().audit(upkeep().members());
    }

    boolean isLive(String call) {
        return pools().findCall(new CallSid(call)).isPresent();
    }

    /** The call as a mirror holds it. */
    MirroredCall mirrored(String call) {
        return recovery().fetch(List.of(new CallSid(call))).getFirst();
    }
}
