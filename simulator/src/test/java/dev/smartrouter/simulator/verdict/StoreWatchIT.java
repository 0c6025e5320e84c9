package dev.smartrouter.simulator.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.smartrouter.pool.RedisProcess;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.exceptions.JedisException;

/** The store as the judge reads it, past the routers. */
class StoreWatchIT {
    private static final String TIERS = """
            {"tiers":{"gold":{"type":"exclusive","target":2},"basic":{"type":"shared","target":1,"max_concurrent":3},\
            "acme":{"type":"exclusive","target":1}},"default_chain":["gold","basic"]}""";

    private final RedisProcess redis = RedisProcess.start();
    private final Ledger ledger = new Ledger(System::nanoTime);
    private final StoreWatch store =
            new StoreWatch(() -> URI.create("redis://127.0.0.1:" + redis.port()), "voice:", ledger);

    @BeforeEach
    void aSmallTown() {
        try (var jedis = redis.connect()) {
            jedis.set("voice:tier:config", TIERS);
            jedis.hset("voice:tier:modes", "pool:old", "exclusive");
            jedis.sadd("voice:pool:gold:assigned", "agent-0", "agent-1");
            jedis.sadd("voice:pool:gold:available", "agent-1");
            jedis.sadd("voice:pod:agent-0:calls", "CA1");
            jedis.sadd("voice:merchant:acme:assigned", "agent-2");
            jedis.sadd("voice:merchant:acme:pods", "agent-2");
            jedis.set("voice:pod:draining:agent-2", "1");
            jedis.sadd("voice:pool:basic:assigned", "agent-3", "agent-4");
            jedis.zadd("voice:pool:basic:available", 3, "agent-3");
            jedis.zadd("voice:pool:basic:available", 1, "agent-4");
            jedis.sadd("voice:pod:agent-3:calls", "CA2", "CA3", "CA4");
            jedis.sadd("voice:pod:agent-4:calls", "CA5");
            jedis.zadd("voice:calls:by_expiry", 1e12, "CA1");
            jedis.hset("voice:pod:agent-0", "status", "allocated");
        }
    }

    @AfterEach
    void stop() {
        store.close();
        redis.close();
    }

    @Test
    void everyPoolOfTheConfigAndOfTheStoreIsSeen() {
        store.tick();
        assertThat(store.latest().orElseThrow().pools())
                .containsExactly(
                        new StoreSample.Pool("pool:gold", 2, 1, 1, 0),
                        new StoreSample.Pool("pool:basic", 2, 1, 4, 0),
                        new StoreSample.Pool("merchant:acme", 1, 1, 0, 1),
                        new StoreSample.Pool("pool:old", 0, 0, 0, 0));
    }

    @Test
    void theLedgerLearnsHowManyCallsAPodMayCarry() {
        store.tick();
        var capacities = ledger.history(true).capacities();
        assertThat(capacities.greatest("agent-0", 0, Long.MAX_VALUE)).isEqualTo(1);
        assertThat(capacities.greatest("agent-3", 0, Long.MAX_VALUE)).isEqualTo(3);
    }

    @Test
    void aKeyOfAnotherTypeAndAConfigThatNobodyCanReadSpoilNothing() {
        store.tick();
        try (var jedis = redis.connect()) {
            jedis.del("voice:pool:gold:available");
            jedis.zadd("voice:pool:gold:available", 0, "agent-1");
            jedis.set("voice:tier:config", "{");
        }
        store.tick();
        assertThat(store.latest().orElseThrow().pools())
                .hasSize(4)
                .contains(new StoreSample.Pool("pool:gold", 2, 0, 1, 0));
    }

    @Test
    void aStoreThatIsGoneLeavesAGapAndIsSeenAgainWhenItIsBack() {
        store.tick();
        redis.kill();
        store.tick();
        assertThat(store.latest().orElseThrow().pools()).isEmpty();
        assertThatThrownBy(() -> store.inventory(List.of())).isInstanceOf(JedisException.class);
        redis.startAgain();
        try (var jedis = redis.connect()) {
            jedis.set("voice:tier:config", TIERS);
        }
        store.tick();
        assertThat(store.latest().orElseThrow().pools()).hasSize(3);
        assertThat(store.samples()).hasSize(3);
    }

    @Test
    void aFrozenStoreHoldsNobodyUpForLong() {
        store.tick();
        redis.freeze();
        var before = ledger.elapsed();
        store.tick();
        assertThat(ledger.elapsed().minus(before)).isLessThan(Duration.ofSeconds(3));
        redis.thaw();
        store.tick();
        assertThat(store.latest().orElseThrow().pools()).hasSize(4);
    }

    @Test
    void theJudgeSaysWhichPodIsLostAndWhatTheStoreHoldsAboutIt() {
        for (var pod : List.of("agent-0", "agent-1")) {
            ledger.born(pod, pod + "-a");
            ledger.ready(pod, pod + "-a", true);
        }
        var verdict = judge(Duration.ofMillis(300)).atTheEnd();
        assertThat(verdict.exitCode()).isEqualTo(Promise.A_POD_LOST.exitCode());
        assertThat(verdict.figures().lostPods()).isEqualTo(2);
        assertThat(verdict.broken())
                .extracting(Broken::evidence)
                .containsExactly(
                        "agent-0 is well, and the store has it available in no pool, calls [CA1], {status=allocated}",
                        "the store still has calls that are over: 1, such as [CA1]");
        assertThat(verdict.timelines()).containsKeys("agent-0", "CA1");
    }

    @Test
    void theJudgeWaitsUntilTheStoreIsWhole() throws InterruptedException {
        ledger.born("agent-0", "a");
        ledger.ready("agent-0", "a", true);
        var looks = new Thread(() -> {
            try (var jedis = redis.connect()) {
                jedis.del("voice:pod:agent-0:calls", "voice:calls:by_expiry");
                jedis.sadd("voice:pool:gold:available", "agent-0");
            }
        });
        looks.start();
        assertThat(judge(Duration.ofSeconds(30)).atTheEnd().isKept()).isTrue();
        assertThat(ledger.elapsed()).isLessThan(Duration.ofSeconds(20));
        looks.join();
    }

    @Test
    void aStoreThatDoesNotAnswerAtTheEndIsALoss() {
        redis.kill();
        assertThat(judge(Duration.ZERO).atTheEnd().broken()).singleElement().satisfies(broken -> {
            assertThat(broken.promise()).isEqualTo(Promise.A_POD_LOST);
            assertThat(broken.evidence()).startsWith("the store does not answer");
        });
    }

    private Judge judge(Duration settling) {
        return new Judge(
                ledger,
                store,
                new Expectations(Duration.ofSeconds(1), Duration.ofSeconds(30), settling, Optional.empty(), true));
    }
}
