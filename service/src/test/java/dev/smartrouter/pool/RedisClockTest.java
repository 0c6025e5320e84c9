package dev.smartrouter.pool;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RedisClockTest {
    private static final long MS = 1_000_000;

    private long now;
    private final RedisClock clock = new RedisClock(() -> now);

    @Test
    void itIsEarlyByAtMostTheTimeThatTheReplyTook() {
        hear(10_000, 0, 4);
        assertThat(clock.nowMs()).isEqualTo(10_000);
        now += 50 * MS;
        assertThat(clock.nowMs()).isEqualTo(10_050);
    }

    /** As after Redis stood still: limits that lie in the past would refuse every caller. */
    @Test
    void aReplyThatIsLateIsNoSignThatTheClockWasSet() {
        hear(10_000, 0, 1);
        hear(10_100, 100, 900);
        assertThat(clock.nowMs()).isBetween(10_998L, 11_000L);
    }

    @Test
    void aClockThatWasSetIsFollowed() {
        hear(10_000, 0, 1);
        hear(70_100, 100, 2);
        assertThat(clock.nowMs()).isEqualTo(70_100);
        hear(10_200, 200, 2);
        assertThat(clock.nowMs()).isEqualTo(10_200);
    }

    @Test
    void aTimeThatIsSureIsBetterThanTheEstimateUnlessTheClockWasSetSince() {
        hear(10_000, 0, 200);
        assertThat(clock.at(now, 10_150)).isEqualTo(10_150);
        assertThat(clock.at(now, 9_990)).isEqualTo(10_000);
        assertThat(clock.at(now, 70_000)).as("told before it was set back").isEqualTo(10_000);
    }

    /** Redis says this time; asked at this moment here, and so long before the reply came. */
    private void hear(long redisMs, long sentMs, long tookMs) {
        now = (sentMs + tookMs) * MS;
        clock.heard(redisMs, sentMs * MS);
    }
}
