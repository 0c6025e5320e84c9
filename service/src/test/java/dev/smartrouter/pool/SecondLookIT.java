package dev.smartrouter.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.smartrouter.CallSid;
import dev.smartrouter.pool.Recovery.Cause;
import dev.smartrouter.pool.Recovery.Round;
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

/** A call that a loss brought back, on a pod whose agent has not got it. */
class SecondLookIT {
    private static final TierConfig TIERS = TierConfig.parse(
            "{\"tiers\":{\"gold\":{\"type\":\"exclusive\",\"target\":1}},\"default_chain\":[\"gold\"]}");
    private static final Round ROUND = new Round("empty:1", Cause.EMPTY, Set.of(), true);
    private static final Duration ON_ITS_WAY = Duration.ofSeconds(60);

    private final RedisProcess redis = RedisProcess.start();
    private final RedisRouter router = new RedisRouter(redis.url(), "voice:", TIERS);
    private final AtomicLong nanos = new AtomicLong();
    private final ReadyAgents agents = new ReadyAgents(1);
    private final Agents asked = new Agents(agents);
    private final SecondLook secondLook = new SecondLook(asked, router.recovery, router.pools, nanos::get);
    private final Quarantine quarantine = new Quarantine(
            agents,
            asked,
            new Reconciler(
                    agents,
                    router.roster,
                    new Fleet(router.upkeep),
                    () -> TIERS,
                    Leadership.unelected(),
                    new Rebalancer(router.roster, () -> TIERS, Leadership.unelected(), System::nanoTime)),
            router.recovery,
            router.pools,
            secondLook,
            Duration.ofMinutes(15));
    private Instant opened = Instant.EPOCH;

    @BeforeEach
    void bringBack() {
        router.pod("agent-0", "gold").started();
        router.claim("CA-1");
        opened = router.pools.findCall(new CallSid("CA-1")).orElseThrow().allocatedAt();
    }

    @AfterEach
    void close() {
        router.close();
        redis.close();
    }

    private void open() {
        quarantine.see(ROUND, opened, opened);
        assertThat(isLive("CA-1")).as("it may be on its way").isTrue();
    }

    @Test
    void isEndedWhenItMustHaveComeThere() {
        open();
        ticksAfter(ON_ITS_WAY.minusSeconds(1));
        assertThat(isLive("CA-1")).isTrue();
        ticksAfter(Duration.ofSeconds(1));
        assertThat(isLive("CA-1")).isFalse();
        try (var keys = redis.connect()) {
            StoreLaws.assertHold(keys);
        }
    }

    @Test
    void isKeptIfItCameThere() {
        open();
        agents.calls = Optional.of(Set.of(new CallSid("CA-1")));
        ticksAfter(ON_ITS_WAY);
        agents.calls = Optional.of(Set.of());
        ticksAfter(ON_ITS_WAY.multipliedBy(3));
        assertThat(isLive("CA-1")).as("its agent is asked no more").isTrue();
    }

    @Test
    void isKeptWhileTheAgentDoesNotSay() {
        open();
        agents.calls = Optional.empty();
        ticksAfter(ON_ITS_WAY);
        assertThat(isLive("CA-1")).isTrue();
        agents.calls = Optional.of(Set.of());
        ticksAfter(ON_ITS_WAY);
        assertThat(isLive("CA-1")).isFalse();
    }

    @Test
    void isKeptIfTheAgentNeverSays() {
        open();
        agents.calls = Optional.empty();
        for (int i = 0; i < 3; i++) ticksAfter(ON_ITS_WAY);
        agents.calls = Optional.of(Set.of());
        ticksAfter(ON_ITS_WAY);
        assertThat(isLive("CA-1"))
                .as("whoever was silent for so long is asked no more")
                .isTrue();
    }

    @Test
    void andACallThatHasBegunSinceIsLeftAlone() {
        open();
        router.release("CA-1");
        Awaitility.await("Redis's clock").until(() -> router.now().isAfter(opened.plusMillis(1)));
        router.claim("CA-2");
        ticksAfter(ON_ITS_WAY);
        assertThat(isLive("CA-2")).isTrue();
    }

    @Test
    void isEndedOnceTheClusterAnswersAgain() {
        agents.answers = false;
        assertThatThrownBy(this::open).isInstanceOf(ClusterUnavailableException.class);
        ticksAfter(ON_ITS_WAY);
        assertThat(isLive("CA-1")).isTrue();
        agents.answers = true;
        ticksAfter(Duration.ofSeconds(5));
        assertThat(isLive("CA-1")).isFalse();
    }

    private void ticksAfter(Duration wait) {
        nanos.addAndGet(wait.toNanos());
        secondLook.tick();
    }

    private boolean isLive(String call) {
        return router.pools.findCall(new CallSid(call)).isPresent();
    }
}
