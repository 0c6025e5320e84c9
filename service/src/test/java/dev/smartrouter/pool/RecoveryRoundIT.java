package dev.smartrouter.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartrouter.pool.Recovery.Cause;
import dev.smartrouter.tier.TierConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a round recovers from is found out once, at its beginning, whoever joins it while the store is filled. */
class RecoveryRoundIT {
    private static final TierConfig TIERS = TierConfig.parse(
            "{\"tiers\":{\"gold\":{\"type\":\"exclusive\",\"target\":1}},\"default_chain\":[\"gold\"]}");

    private final RedisProcess redis = RedisProcess.start();
    private final RedisRouter first = new RedisRouter(redis.url(), "voice:", TIERS);

    @AfterEach
    void close() {
        first.close();
        redis.close();
    }

    @Test
    void aRouterThatConnectsJoinsTheRoundOfAStoreThatWasNeverOpened() {
        var round = first.recovery.begin().orElseThrow();
        assertThat(round.cause()).isEqualTo(Cause.EMPTY);
        assertThat(first.recovery.ack(round, "first", true)).isTrue();
        first.pod("agent-0", "gold");
        try (var second = new RedisRouter(redis.url(), "voice:", TIERS)) {
            var joined = second.recovery.begin().orElseThrow();
            assertThat(joined.id()).isEqualTo(round.id());
            assertThat(joined.cause()).isEqualTo(Cause.EMPTY);
            assertThat(joined.acked()).containsExactly("first");
        }
    }

    @Test
    void aRedisRestartedInTheMiddleBeginsAnotherRoundOfTheSameCause() {
        var round = first.recovery.begin().orElseThrow();
        assertThat(first.recovery.ack(round, "first", true)).isTrue();
        first.pod("agent-0", "gold");
        try (var keys = redis.connect()) {
            keys.save();
        }
        redis.kill();
        redis.startAgain();
        try (var second = new RedisRouter(redis.url(), "voice:", TIERS)) {
            var next = second.recovery.begin().orElseThrow();
            assertThat(next.id()).isNotEqualTo(round.id());
            assertThat(next.cause()).isEqualTo(Cause.EMPTY);
            assertThat(next.acked()).isEmpty();
            assertThat(next.remembered()).isFalse();
        }
    }
}
