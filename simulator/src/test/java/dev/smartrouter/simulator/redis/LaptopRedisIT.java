package dev.smartrouter.simulator.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LaptopRedisIT {
    @Test
    void itComesBackEmptyOnItsPort() {
        try (var redis = LaptopRedis.start(0)) {
            set(redis);
            redis.restart();
            assertThat(get(redis)).isNull();
            set(redis);
            redis.flush();
            assertThat(get(redis)).isNull();
        }
    }

    @Test
    void oneThatSomebodyNamedIsEmptiedButNotRestarted() {
        try (var theirs = LaptopRedis.start(0);
                var named = LaptopRedis.startUnless(theirs.url())) {
            set(named);
            named.flush();
            assertThat(get(theirs)).isNull();
            assertThatThrownBy(named::restart).hasMessageContaining("is not the simulator's to restart");
            named.close();
            assertThat(get(theirs)).isNull();
        }
    }

    @Test
    void oneThatDoesNotAnswerIsNamedWithoutItsPassword() {
        assertThatThrownBy(() -> LaptopRedis.startUnless("redis://me:secret@127.0.0.1:1"))
                .isInstanceOf(IllegalStateException.class)
                .message()
                .contains("redis://127.0.0.1:1 does not answer", "REDIS_URL")
                .doesNotContain("secret");
    }

    @Test
    void aFormThatNoProxyCanStandInFrontOfIsRefused() {
        assertThatThrownBy(() -> LaptopRedis.startUnless("redis-cluster://a,b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("redis://[user:password@]host[:6379][/db]");
    }

    @Test
    void throughAProxyItIsTheSameUserAndDatabase() {
        assertThat(RedisAddress.parse("redis://me:secret@cache/3").through(1234).url())
                .hasToString("redis://me:secret@127.0.0.1:1234/3");
    }

    private static void set(LaptopRedis redis) {
        try (var jedis = redis.address().connect()) {
            jedis.set("key", "value");
        }
    }

    private static String get(LaptopRedis redis) {
        try (var jedis = redis.address().connect()) {
            return jedis.get("key");
        }
    }
}
