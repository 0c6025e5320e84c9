package dev.smartrouter.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/** A look at 10,000 pods and 10,000 calls: how long it takes, and for how long Redis does nothing else. */
class LargeStoreIT {
    private static final int MANY = 10_000;
    private static final VerifiedStore store = new VerifiedStore();

    @BeforeAll
    static void fill() {
        store.opened();
        for (int i = 0; i < MANY; i++) store.pod("agent-" + i, "pool:gold");
        for (int i = 0; i < MANY; i++) store.claim("CA-" + i);
    }

    @AfterAll
    static void stop() {
        store.close();
    }

    @Test
    void itIsLookedThroughInSecondsAndNeverForLongAtATime() {
        var keys = store.keys();
        keys.configResetStat();
        keys.configSet("slowlog-log-slower-than", "0");
        keys.configSet("slowlog-max-len", "100000");
        keys.slowlogReset();
        var report = store.verify();
        keys.configSet("slowlog-log-slower-than", "10000");
        assertThat(report.findings()).isEmpty();
        assertThat(report.whole()).isTrue();
        assertThat(report.pods()).isEqualTo(MANY);
        assertThat(report.calls()).isEqualTo(MANY);
        assertThat(report.took()).isLessThan(Duration.ofSeconds(20));

        var micros = microsOfScripts(keys);
        assertThat(micros).hasSizeGreaterThan(500);
        // the machine, too, pauses now and then
        assertThat(micros.get(micros.size() * 9 / 10)).as("µs of a long script").isLessThan(5_000);
        var stats = keys.info("commandstats");
        assertThat(stats).doesNotContain("cmdstat_keys:", "cmdstat_hset:", "cmdstat_set:", "cmdstat_del:");
    }

    @Test
    void whenTimeIsUpItSaysSo() {
        var report = store.verify(Duration.ofMillis(20));
        assertThat(report.complete()).isFalse();
        assertThat(report.whole()).isFalse();
        assertThat(report.summary()).contains("nothing wrong so far", "time was up before all was looked at");
        assertThat(report.took()).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void oneBadPodAmongAllIsFound() {
        store.keys().sadd("voice:pool:gold:available", "agent-77");
        assertThat(store.lines())
                .containsExactly("only a free pod is offered to calls (I2): pod agent-77: 1 calls, and in"
                        + " pool:gold:available; repair: audit the pods");
        assertThat(store.mend().after().whole()).isTrue();
    }

    private static List<Long> microsOfScripts(Jedis keys) {
        return keys.slowlogGet(100_000).stream()
                .filter(entry -> entry.getArgs()
                        .getFirst()
                        .toUpperCase(java.util.Locale.ROOT)
                        .startsWith("EVAL"))
                .map(entry -> entry.getExecutionTime())
                .sorted()
                .toList();
    }
}
