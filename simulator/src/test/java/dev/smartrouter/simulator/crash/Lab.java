package dev.smartrouter.simulator.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartrouter.CallSid;
import dev.smartrouter.call.AllocationResult;
import dev.smartrouter.call.AllocationResult.Allocated;
import dev.smartrouter.call.AllocationResult.AlreadyAllocated;
import dev.smartrouter.call.AllocationResult.Refused;
import dev.smartrouter.pool.Allocation;
import dev.smartrouter.pool.MirroredCall;
import dev.smartrouter.pool.Recovery.Round;
import dev.smartrouter.pool.RedisServerFixture;
import dev.smartrouter.pool.StoreFixture;
import dev.smartrouter.pool.StoreLaws;
import dev.smartrouter.simulator.fault.FaultProxy;
import dev.smartrouter.simulator.fault.Upstream;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Jedis;

/**
 * A store of its own with a few pods, one router that reaches it through a proxy, and a bystander that reaches it
 * directly.
 */
final class Lab implements AutoCloseable {
    private static final Map<String, String> TIERS =
            Map.of("gold-0", "gold", "gold-1", "gold", "standard-0", "standard", "basic-0", "basic", "acme-0", "acme");

    private static final int AUDITED_AT_ONCE = 100;

    final String prefix = "voice:crash-" + UUID.randomUUID() + ":";
    final Jedis keys = RedisServerFixture.shared().connect();
    final MeasuredReplies replies = new MeasuredReplies();
    final FaultProxy proxy = FaultProxy.before(
            Upstream.at("127.0.0.1", RedisServerFixture.shared().port()), replies);
    final Desk bystander = new Desk(RedisServerFixture.shared().url(), prefix);
    final Desk router;

    /** A leader's token, which nobody has outdone. */
    final OptionalLong token;

    /** What a router remembers of a call that the store has lost. */
    @Nullable
    MirroredCall mirrored;

    /** The round of recovery that is on. */
    @Nullable
    Round round;

    private final Map<String, Set<String>> whole;

    Lab() {
        open();
        TIERS.forEach((pod, tier) -> bystander.router().pod(pod, tier));
        token = OptionalLong.of(bystander.roster().lead(0));
        whole = pools();
        router = new Desk("redis://127.0.0.1:" + proxy.port(), prefix).connected();
    }

    /** Opens the gate, if it is closed. */
    void open() {
        var recovery = bystander.recovery();
        recovery.begin().ifPresent(round -> {
            assertThat(recovery.ack(round, "bystander", true)).isTrue();
            assertThat(recovery.open(OptionalLong.empty(), "gen-" + UUID.randomUUID(), round))
                    .isTrue();
        });
    }

    String key(String name) {
        return prefix + name;
    }

    /** The call has a pod: the bystander is told it. */
    Allocation held(String call) {
        var answer = bystander.allocate(call);
        assertThat(answer).as("asked again for " + call).isInstanceOf(AlreadyAllocated.class);
        return allocation(answer);
    }

    static Allocation allocation(AllocationResult answer) {
        return switch (answer) {
            case Allocated(var allocation) -> allocation;
            case AlreadyAllocated(var allocation) -> allocation;
            case Refused why -> throw new AssertionError("refused: " + why);
        };
    }

    /** Takes pods by the bystander's hand. */
    void calls(String... calls) {
        for (var call : calls) assertThat(bystander.allocate(call)).as(call).isInstanceOf(Allocated.class);
    }

    void release(String... calls) {
        for (var call : calls) bystander.release(call);
    }

    Set<String> live() {
        return new TreeSet<>(keys.zrange(key("calls:by_expiry"), 0, -1));
    }

    /** Waits until the router too knows that this call has begun: by its idea of Redis's clock, which is a little early. */
    void awaitPast(String call) {
        Awaitility.await("the moment after")
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> router.now().isAfter(held(call).allocatedAt()));
    }

    /** As the leader audits all pods, every now and then. */
    void audit() {
        var members = bystander.upkeep().members();
        for (int i = 0; i < members.size(); i += AUDITED_AT_ONCE)
            bystander.upkeep().audit(members.subList(i, Math.min(members.size(), i + AUDITED_AT_ONCE)));
    }

    boolean isLive(String call) {
        return bystander.pools().findCall(new CallSid(call)).isPresent();
    }

    /** No law is broken; with no audit in between that could have mended it. */
    void assertLawful() {
        assertThat(StoreLaws.broken(keys, prefix)).as("broken invariants").isEmpty();
    }

    /** No call is left, and every pod is idle where it began. */
    void assertWhole() {
        assertLawful();
        assertThat(live()).as("live calls").isEmpty();
        assertThat(keys.keys(key("call:*"))).isEmpty();
        assertThat(pools()).as("pools").isEqualTo(whole);
    }

    /** Who is in each pool, and free. */
    private Map<String, Set<String>> pools() {
        var pools = new TreeMap<String, Set<String>>();
        StoreFixture.CONFIG.pools().forEach((pool, tier) -> {
            var free = key(pool + (pool.value().startsWith("merchant:") ? ":pods" : ":available"));
            var shared = keys.type(free).equals("zset");
            pools.put(pool + " free", new TreeSet<>(shared ? keys.zrange(free, 0, -1) : keys.smembers(free)));
            pools.put(pool + " assigned", new TreeSet<>(keys.smembers(key(pool + ":assigned"))));
        });
        return pools;
    }

    @Override
    public void close() {
        router.close();
        bystander.close();
        proxy.close();
        for (var key : keys.keys(prefix + "*")) keys.del(key);
        keys.close();
    }
}
