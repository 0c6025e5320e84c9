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
class QuarantineIT {
    private static final TierConfig TIERS = TierConfig.parse(
            "{\"tiers\":{\"gold\":{\"type\":\"exclusive\",\"target\":1}},\"default_chain\":[\"gold\"]}");
    private static final Round ROUND = new Round("empty:1", Cause.EMPTY, Set.of(), true);

    private Instant opened = Instant.EPOCH;
    private final RedisProcess redis = RedisProcess.start();
    private final RedisRouter router = new RedisRouter(redis.url(), "voice:", TIERS);
    private final AtomicLong nanos = new AtomicLong();
    private final ReadyAgents agents = new ReadyAgents(1);
    private final Quarantine quarantine = new Quarantine(
            agents,
            new Reconciler(
                    agents,
                    router.roster,
                    new Fleet(router.upkeep),
                    () -> TIERS,
                    Leadership.unelected(),
                    new Rebalancer(router.roster, () -> TIERS, Leadership.unelected(), System::nanoTime)),
            router.recovery,
            router.pools,
            Duration.ofMinutes(15),
            nanos::get);

    @BeforeEach
    void bringBack() {
        router.pod("agent-0", "gold").started();
        router.claim("CA-1");
        opened = router.now();
        quarantine.see(ROUND, opened, opened);
        assertThat(isLive("CA-1")).as("it may be on its way").isTrue();
    }

    @AfterEach
    void close() {
        router.close();
        redis.close();
    }

    @Test
    void isEndedWhenItMustHaveComeThere() {
        ticksAfter(Duration.ofSeconds(59));
        assertThat(isLive("CA-1")).isTrue();
        ticksAfter(Duration.ofSeconds(1));
        assertThat(isLive("CA-1")).isFalse();
        try (var keys = redis.connect()) {
            StoreLaws.assertHold(keys);
        }
    }

    @Test
    void isKeptIfItCameThere() {
        agents.calls = Optional.of(Set.of(new CallSid("CA-1")));
        ticksAfter(Duration.ofSeconds(60));
        assertThat(isLive("CA-1")).isTrue();
    }

    @Test
    void isKeptIfTheAgentDoesNotSay() {
        agents.calls = Optional.empty();
        ticksAfter(Duration.ofSeconds(60));
        assertThat(isLive("CA-1")).isTrue();
    }

    @Test
    void andACallThatHasBegunSinceIsLeftAlone() {
        router.release("CA-1");
        Awaitility.await("Redis's clock").until(() -> router.now().isAfter(opened.plusMillis(1)));
        router.claim("CA-2");
        ticksAfter(Duration.ofSeconds(60));
        assertThat(isLive("CA-2")).isTrue();
    }

    @Test
    void aClusterThatDoesNotAnswerIsAskedAgain() {
        agents.answers = false;
        assertThatThrownBy(() -> ticksAfter(Duration.ofSeconds(60))).isInstanceOf(ClusterUnavailableException.class);
        agents.answers = true;
        ticksAfter(Duration.ofSeconds(5));
        assertThat(isLive("CA-1")).isFalse();
    }

    private void ticksAfter(Duration wait) {
        nanos.addAndGet(wait.toNanos());
        quarantine.tick();
    }

    private boolean isLive(String call) {
        return router.pools.findCall(new CallSid(call)).isPresent();
    }
}
