package dev.smartrouter.pool;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.smartrouter.CallSid;
import dev.smartrouter.tier.TierConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/** What Redis may do to us, and what we make of it. */
class RedisLinkIT {
    private static final TierConfig CONFIG = TierConfig.parse("""
            {"tiers":{"gold":{"type":"exclusive","target":8}},"default_chain":["gold"]}""");

    private RedisProcess redis;
    private RedisRouter router;

    @BeforeEach
    void start() {
        redis = RedisProcess.start("--appendonly yes", "--appendfsync always");
        router = new RedisRouter(redis.url(), "voice:", CONFIG).started();
        IntStream.range(0, 8).forEach(i -> router.pod("voice-agent-" + i, "gold"));
    }

    @AfterEach
    void stop() {
        router.close();
        redis.close();
    }

    @Test
    void oneTransitionIsOneScript() throws Exception {
        try (var admin = redis.connect()) {
            var before = commands(admin, "evalsha");
            for (int i = 0; i < 5; i++) {
                assertThat(router.claim("CA" + i)).isInstanceOf(Claim.Claimed.class);
                assertThat(router.pools.release(new CallSid("CA" + i))).isInstanceOf(Release.Released.class);
            }
            assertThat(router.store.scripts()).isEqualTo(10);
            assertThat(commands(admin, "evalsha") - before).isGreaterThanOrEqualTo(10);
        }
    }

    @Test
    void aServerThatForgotTheScriptsIsTaughtThemAgain() {
        try (var admin = redis.connect()) {
            admin.scriptFlush();
        }
        assertThat(router.claim("CA1")).isInstanceOf(Claim.Claimed.class);
        assertThat(router.claim("CA1")).isInstanceOf(Claim.Held.class);
    }

    @Test
    void aFrozenServerIsGivenUpOnInTimeAndHoldsNoPodForARefusedCallWhenItThaws() throws Exception {
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            redis.freeze();
            var asked = new ArrayList<Callable<Duration>>();
            for (int i = 0; i < 16; i++) {
                var call = "CA-frozen-" + i;
                asked.add(() -> {
                    var start = System.nanoTime();
                    assertThatThrownBy(() -> router.claim(call)).isInstanceOf(StoreUnavailableException.class);
                    return Duration.ofNanos(System.nanoTime() - start);
                });
            }
            for (var waited : callers.invokeAll(asked)) assertThat(waited.get()).isLessThan(Duration.ofSeconds(1));
            redis.thaw();
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .ignoreExceptions()
                .until(() -> router.claim("CA-after") instanceof Claim.Claimed);
        router.pools.release(new CallSid("CA-after"));
        try (var admin = redis.connect()) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(5))
                    .untilAsserted(() ->
                            assertThat(admin.zcard("voice:calls:by_expiry")).isZero());
            assertThat(admin.scard("voice:pool:gold:available")).isEqualTo(8);
        }
    }

    @Test
    void aServerFrozenUnderLoadHoldsNoPodForARefusedCall() throws Exception {
        for (int round = 0; round < 3; round++) {
            var answered = new ConcurrentLinkedQueue<String>();
            try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int c = 0; c < 16; c++) {
                    var caller = "CA-load-" + round + "-" + c + "-";
                    callers.execute(() -> {
                        for (int i = 0; i < 400; i++) {
                            try {
                                if (router.claim(caller + i) instanceof Claim.Claimed) answered.add(caller + i);
                                else continue;
                                router.pools.release(new CallSid(caller + i));
                                answered.remove(caller + i);
                            } catch (StoreUnavailableException e) {
                                return;
                            }
                        }
                    });
                }
                MILLISECONDS.sleep(30);
                redis.freeze();
                MILLISECONDS.sleep(1_200);
                redis.thaw();
            }
            try (var admin = redis.connect()) {
                Awaitility.await()
                        .atMost(Duration.ofSeconds(10))
                        .untilAsserted(() -> assertThat(admin.zrange("voice:calls:by_expiry", 0, -1))
                                .isSubsetOf(answered));
            }
            for (var call : answered)
                Awaitility.await().ignoreExceptions().until(() -> router.pools.release(new CallSid(call)) != null);
            try (var admin = redis.connect()) {
                assertThat(admin.scard("voice:pool:gold:available")).isEqualTo(8);
            }
        }
    }

    @Test
    void aServerThatWasRestartedIsClosedUntilTheLiveCallsAreBack() {
        var pod = ((Claim.Claimed) router.claim("CA-live")).allocation().pod();
        Awaitility.await().until(() -> router.mirror.gen().isPresent());
        redis.kill();
        redis.startAgain();
        Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .ignoreExceptions()
                .until(() -> router.claim("CA-live") instanceof Claim.Held held
                        && held.allocation().pod().equals(pod));
        Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> router.claim("CA0") instanceof Claim.Claimed);
        for (int i = 1; i < 7; i++) assertThat(router.claim("CA" + i)).isInstanceOf(Claim.Claimed.class);
        assertThat(router.claim("CA-eighth")).isInstanceOf(Claim.Full.class);
    }

    @Test
    void aFlushForgetsNoLiveCallAndNoPod() {
        var pod = ((Claim.Claimed) router.claim("CA-live")).allocation().pod();
        Awaitility.await().until(() -> router.auditor.fleet().size() == 8);
        Awaitility.await()
                .pollDelay(Duration.ofSeconds(2))
                .until(() -> router.mirror.gen().isPresent());
        try (var admin = redis.connect()) {
            admin.flushAll();
            Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> admin.exists("voice:state:gen"));
            assertThat(admin.hget("voice:call:CA-live", "restored")).isEqualTo("1");
        }
        assertThat(router.claim("CA-live"))
                .isInstanceOfSatisfying(
                        Claim.Held.class,
                        held -> assertThat(held.allocation().pod()).isEqualTo(pod));
    }

    @Test
    void aCrowdBeforeAFrozenServerIsRefusedInsteadOfQueued() throws Exception {
        redis.freeze();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var asked = new ArrayList<Callable<String>>();
            for (int i = 0; i < 1_500; i++) {
                var call = "CA-many-" + i;
                asked.add(() -> {
                    try {
                        return router.claim(call).toString();
                    } catch (StoreUnavailableException e) {
                        return e.getMessage();
                    }
                });
            }
            var refused = 0;
            for (var outcome : callers.invokeAll(asked)) {
                var said = outcome.get();
                if (said.contains("requests wait for Redis") || said.contains("Redis is not answering")) refused++;
            }
            assertThat(refused).isGreaterThan(300);
        }
        redis.thaw();
    }

    private static long commands(Jedis admin, String command) {
        return admin.info("commandstats")
                .lines()
                .filter(line -> line.startsWith("cmdstat_" + command + ":"))
                .mapToLong(line -> Long.parseLong(line.replaceAll(".*:calls=(\\d+),.*", "$1")))
                .findFirst()
                .orElse(0);
    }
}
