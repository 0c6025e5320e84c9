package dev.smartrouter.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartrouter.CallSid;
import dev.smartrouter.tier.TierConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two calls that a loss brought back, on two pods, of which neither agent has got its own. */
class AbsentCallsIT {
    private static final TierConfig TIERS = TierConfig.parse(
            "{\"tiers\":{\"gold\":{\"type\":\"exclusive\",\"target\":2}},\"default_chain\":[\"gold\"]}");

    private final RedisProcess redis = RedisProcess.start();
    private final RedisRouter router = new RedisRouter(redis.url(), "voice:", TIERS);
    private final AtomicLong nanos = new AtomicLong();
    private final ReadyAgents agents = new ReadyAgents(2);
    private final AbsentCalls absent = new AbsentCalls(new Agents(agents), router.mirror, router.recovery, nanos::get);
    private Instant opened = Instant.EPOCH;

    @BeforeEach
    void bringBack() {
        router.pod("agent-0", "gold").pod("agent-1", "gold").started();
        router.claim("CA-1");
        router.claim("CA-2");
        opened = hold("CA-2").orElseThrow().allocatedAt();
        absent.expect(opened);
    }

    @AfterEach
    void close() {
        router.close();
        redis.close();
    }

    @Test
    void areEndedWhenTheyAreAbsentTwice() {
        aMinutePasses();
        assertThat(isLive("CA-1")).as("it may be on its way").isTrue();
        aMinutePasses();
        assertThat(isLive("CA-1")).isFalse();
        assertThat(isLive("CA-2")).isFalse();
        try (var keys = redis.connect()) {
            StoreLaws.assertHold(keys);
        }
    }

    @Test
    void areKeptWhereTheyCameToTheirAgent() {
        aMinutePasses();
        has("CA-1");
        aMinutePasses();
        assertThat(isLive("CA-1")).isTrue();
        assertThat(isLive("CA-2")).isFalse();
        agents.calls.clear();
        aMinutePasses();
        assertThat(isLive("CA-1")).as("absent for the first time").isTrue();
        aMinutePasses();
        assertThat(isLive("CA-1")).as("nobody looks any more").isTrue();
    }

    @Test
    void areKeptWhereTheAgentDoesNotSay() {
        agents.calls.put(podOf("CA-1"), Optional.empty());
        aMinutePasses();
        aMinutePasses();
        assertThat(isLive("CA-1")).isTrue();
        assertThat(isLive("CA-2")).isFalse();
    }

    @Test
    void andACallThatHasBegunSinceIsLeftAlone() {
        router.release("CA-1");
        Awaitility.await("Redis's clock").until(() -> router.now().isAfter(opened.plusMillis(1)));
        router.claim("CA-3");
        aMinutePasses();
        assertThat(agents.asked).as("agents of calls from before").isEqualTo(1);
        aMinutePasses();
        assertThat(isLive("CA-3")).isTrue();
        assertThat(isLive("CA-2")).isFalse();
    }

    @Test
    void aLaterCallOfTheSameSidMayStillComeBack() {
        var later = router.mirror.find(new CallSid("CA-1")).orElseThrow();
        router.release("CA-1");
        Awaitility.await("Redis's clock").until(() -> router.now().isAfter(opened.plusMillis(1)));
        router.claim("CA-1");
        var live = router.mirror.find(new CallSid("CA-1")).orElseThrow();
        try (var keys = redis.connect()) { // as if the store had rolled back to what was before
            keys.hset(
                    "voice:call:CA-1",
                    "allocated_at",
                    Long.toString(later.allocatedAt().toEpochMilli()));
            keys.del("voice:ended:CA-1");
        }
        router.mirror.allocated(later);
        aMinutePasses();
        aMinutePasses();
        assertThat(isLive("CA-1")).isFalse();
        assertThat(router.recovery.restore(live, false)).isEqualTo(Recovery.Restored.RESTORED);
    }

    @Test
    void areEndedOnceTheClusterAnswersAgain() {
        aMinutePasses();
        agents.answers = false;
        for (int i = 0; i < 5; i++) aMinutePasses();
        assertThat(isLive("CA-1")).isTrue();
        agents.answers = true;
        aMinutePasses();
        assertThat(isLive("CA-1")).isFalse();
    }

    @Test
    void areEndedOnceTheStoreAnswersAgain() {
        aMinutePasses();
        redis.kill();
        aMinutePasses();
        redis.startAgain();
        Awaitility.await("Redis").until(() -> router.store.isConnected());
        router.pod("agent-0", "gold").pod("agent-1", "gold");
        Awaitility.await("the gate").until(router.store.gate()::isOpen);
        assertThat(isLive("CA-1")).as("its router remembers it").isTrue();
        aMinutePasses();
        assertThat(isLive("CA-1")).isFalse();
    }

    private void has(String call) {
        agents.calls.put(podOf(call), Optional.of(Set.of(new CallSid(call))));
    }

    private String podOf(String call) {
        return hold(call).orElseThrow().pod().value();
    }

    private void aMinutePasses() {
        nanos.addAndGet(Duration.ofMinutes(1).minusNanos(1).toNanos());
        var before = agents.asked;
        absent.tick();
        assertThat(agents.asked).as("not before its time").isEqualTo(before);
        nanos.addAndGet(1);
        absent.tick();
    }

    private boolean isLive(String call) {
        return hold(call).isPresent();
    }

    private Optional<Allocation> hold(String call) {
        return router.pools.findCall(new CallSid(call));
    }
}
