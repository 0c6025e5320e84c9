package dev.smartrouter.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartrouter.CallSid;
import dev.smartrouter.PodName;
import dev.smartrouter.PoolName;
import dev.smartrouter.pod.Incarnation;
import dev.smartrouter.pool.Claim;
import dev.smartrouter.pool.Cluster;
import dev.smartrouter.pool.Fleet;
import dev.smartrouter.pool.PodSighting;
import dev.smartrouter.pool.Rebalancer;
import dev.smartrouter.pool.Reconciler;
import dev.smartrouter.pool.RedisProcess;
import dev.smartrouter.pool.RedisRecovery;
import dev.smartrouter.pool.RedisRoster;
import dev.smartrouter.pool.RedisRouter;
import dev.smartrouter.pool.RedisStore;
import dev.smartrouter.pool.RedisUpkeep;
import dev.smartrouter.pool.RedisUrl;
import dev.smartrouter.pool.StoppingRoster;
import dev.smartrouter.pool.StoreLaws;
import dev.smartrouter.pool.Written;
import dev.smartrouter.tier.Mode;
import dev.smartrouter.tier.TierConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/**
 * A leader is stopped between its decision and its write, as a process is by a pause, and another leads meanwhile; their
 * wall clocks are two minutes apart. What the first then writes must change nothing.
 */
class TwoLeadersIT {
    private static final int TIMES = 50;
    private static final Duration LONGER_THAN_THE_LEASE =
            Candidate.TIMES.lease().plusSeconds(1);
    private static final String NAMESPACE = "voice-system";
    private static final TierConfig TIERS = TierConfig.parse("""
            {"tiers":{"gold":{"type":"exclusive","target":2},"silver":{"type":"exclusive","target":1}},\
            "default_chain":["gold","silver"]}""");

    private static final PoolName GOLD = new PoolName("pool:gold");
    private static final PoolName SILVER = new PoolName("pool:silver");
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final InProcessApi api = InProcessApi.keeping();
    private final RedisProcess redis = RedisProcess.start();
    private final Jedis keys = redis.connect();
    private final RedisStore store = new RedisStore(
            RedisUrl.parse(redis.url()), "voice:", Duration.ofSeconds(1), Duration.ofHours(24), System::nanoTime);
    private final RedisRouter calls = new RedisRouter(redis.url(), "voice:", TIERS);
    private final RedisRecovery recovery = new RedisRecovery(store, () -> TIERS, Duration.ofHours(24));

    @AfterEach
    void close() {
        calls.close();
        store.close();
        keys.close();
        redis.close();
        api.close();
    }

    @BeforeEach
    void openTheGate() {
        var round = recovery.begin().orElseThrow();
        assertThat(recovery.open(OptionalLong.empty(), "gen", round)).isTrue();
    }

    @Test
    void whatAPausedLeaderWritesWhenItWakesIsRefusedAndCountedAndChangesNothing() {
        var leader = new Side("router-a", Duration.ofSeconds(60));
        var other = new Side("router-b", Duration.ofSeconds(-60));
        leader.takesOver();
        for (var pod : List.of("agent-0", "agent-1", "agent-2")) leader.reconciler.seen(pod(pod, 0, true));
        for (int i = 0; i < TIMES; i++) {
            var call = "CA-" + i;
            assertThat(calls.claim(call)).isInstanceOf(Claim.Claimed.class);
            var busy = keys.hget("voice:call:" + call, "pod_name");
            var paused = leader;
            var next = other;
            var lives = i + 1;
            var before = paused.reconciler.fenced();
            var facts = new TreeMap<String, Object>();
            paused.roster.stopBeforeTheNextWrite(() -> {
                next.takesOver();
                // the pod has gone and come back, and the new leader has seen it; its name is busy again
                if (lives % 3 == 0) {
                    next.reconciler.seen(pod(busy, lives, true));
                    assertThat(keys.exists("voice:call:" + call)).isFalse();
                    assertThat(calls.claim(call)).isInstanceOf(Claim.Claimed.class);
                }
                facts.putAll(facts());
            });
            var token = paused.candidate.leadership.token();
            var stale = sighting(busy);
            switch (i % 4) {
                case 0 -> paused.reconciler.seen(unready(stale));
                case 1 -> paused.reconciler.vanished(stale);
                case 2 ->
                    assertThat(paused.roster
                                    .move(token, stale.pod(), GOLD, SILVER, true)
                                    .verdict())
                            .isEqualTo(Written.Verdict.FENCED);
                default ->
                    assertThat(paused.roster.retype(token, GOLD, Mode.SHARED).verdict())
                            .isEqualTo(Written.Verdict.FENCED);
            }
            assertThat(facts()).as("after the late write").isEqualTo(facts);
            StoreLaws.assertHold(keys);
            if (i % 4 < 2) {
                assertThat(paused.reconciler.fenced()).isEqualTo(before + 1);
                assertThat(paused.candidate.leads())
                        .as("knows that it is deposed")
                        .isFalse();
            }
            paused.candidate.elapse(LONGER_THAN_THE_LEASE).tick();
            assertThat(paused.candidate.leads()).isFalse();
            assertThat(next.candidate.leads()).isTrue();
            assertThat(keys.exists("voice:call:" + call)).isTrue();
            calls.release(call);
            leader = next;
            other = paused;
        }
    }

    /** The gate of a store is opened by the leader alone, and by no other that once was. */
    @Test
    void aDeposedLeaderDoesNotOpenTheGate() {
        var leader = new Side("router-a", Duration.ofSeconds(60));
        var other = new Side("router-b", Duration.ofSeconds(-60));
        leader.takesOver();
        var token = leader.candidate.leadership.token();
        keys.del("voice:state:gen");
        var round = recovery.begin().orElseThrow();
        other.takesOver();
        assertThat(recovery.open(token, "gen-2", round)).isFalse();
        assertThat(keys.exists("voice:state:gen")).isFalse();
        assertThat(recovery.open(other.candidate.leadership.token(), "gen-2", round))
                .isTrue();
    }

    private PodSighting sighting(String name) {
        var facts = keys.hgetAll("voice:pod:" + name);
        var number = Long.parseLong(facts.get("inc_no"));
        return new PodSighting(
                new PodName(name),
                new Incarnation(facts.get("inc"), number),
                NOON,
                true,
                false,
                false,
                "",
                "{\"seen\":" + number + "}");
    }

    private static PodSighting unready(PodSighting pod) {
        return new PodSighting(pod.pod(), pod.incarnation(), pod.started(), false, false, false, "", "{}");
    }

    private static PodSighting pod(String name, int life, boolean ready) {
        var created = NOON.plusSeconds(life);
        return new PodSighting(
                new PodName(name),
                Incarnation.of("uid-" + name + "-" + life, created, 0),
                created,
                ready,
                false,
                false,
                "",
                "{}");
    }

    /** All that the store holds but how long it will. */
    private Map<String, Object> facts() {
        var facts = new TreeMap<String, Object>();
        for (var key : keys.keys("voice:*")) {
            facts.put(
                    key,
                    switch (keys.type(key)) {
                        case "set" -> keys.smembers(key);
                        case "hash" -> keys.hgetAll(key);
                        case "zset" -> keys.zrangeWithScores(key, 0, -1);
                        default -> keys.get(key);
                    });
        }
        return facts;
    }

    /** A replica as far as it leads. */
    private final class Side {
        private final StoppingRoster roster = new StoppingRoster(new RedisRoster(store, () -> TIERS));
        private final Candidate candidate;
        private final Reconciler reconciler;

        Side(String name, Duration skew) {
            candidate = new Candidate(api.client().api(), NAMESPACE, name, roster, skew);
            reconciler = new Reconciler(
                    NOBODY,
                    roster,
                    new Fleet(new RedisUpkeep(store, () -> TIERS)),
                    () -> TIERS,
                    candidate.leadership,
                    new Rebalancer(roster, () -> TIERS, candidate.leadership, System::nanoTime));
        }

        /** Its clock runs, and that of the paused one does not. */
        void takesOver() {
            candidate.tick();
            if (!candidate.leads()) candidate.elapse(LONGER_THAN_THE_LEASE).tick();
            assertThat(candidate.leads()).isTrue();
        }
    }

    private static final Cluster NOBODY = new Cluster() {
        @Override
        public List<PodSighting> list() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<Set<CallSid>> activeCalls(PodSighting pod) {
            return Optional.empty();
        }

        @Override
        public boolean everOpened() {
            return true;
        }

        @Override
        public void rememberOpened(String gen) {}
    };
}
