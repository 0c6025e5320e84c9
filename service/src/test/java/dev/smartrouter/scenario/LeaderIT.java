package dev.smartrouter.scenario;

import static dev.smartrouter.scenario.ClusterTown.leads;
import static dev.smartrouter.scenario.ClusterTown.pods;
import static dev.smartrouter.scenario.ClusterTown.within;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.smartrouter.pool.StoreLaws;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One router leads, whatever becomes of the one that did. */
class LeaderIT {
    private static final Duration LEASE = Duration.ofSeconds(2); // of a ClusterTown
    private static final Duration SLACK = Duration.ofSeconds(1);
    /** How often a leader is paused; each takes as long as a lease. The laws of a pause are proven in TwoLeadersIT. */
    private static final int PAUSES = Integer.getInteger("leader.pauses", 4);

    private static final Path FAKETIME = Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1");
    private static final String EXCLUSIVE = """
            {"tiers":{"gold":{"type":"exclusive","target":1}},"default_chain":["gold"]}""";

    private final ClusterTown town = ClusterTown.found();

    @AfterEach
    void close() {
        town.close();
    }

    @Test
    void aLeaderThatStopsHandsOverWithinTwoSecondsAndTheNextOneFollowsTheCluster() {
        town.with("LEADER_LEASE_DURATION", "15s")
                .with("LEADER_RENEW_DEADLINE", "10s")
                .with("LEADER_RETRY_PERIOD", "500ms");
        town.tiers(EXCLUSIVE).agents(1).routers(3);
        for (int pods = 1; pods < 3; pods++) {
            var leader = town.awaitLeader();
            town.awaitAvailable(pods(0, pods));
            var before = System.nanoTime();
            town.left(leader);
            var closing = Crowd.meanwhile(() -> {
                leader.close();
                return leader;
            });
            within(Duration.ofSeconds(10), "the next leader")
                    .until(() -> !town.leaders().isEmpty());
            var took = Duration.ofNanos(System.nanoTime() - before);
            System.out.println("hand-over on a clean stop: " + took.toMillis() + " ms");
            assertThat(took).isLessThan(Duration.ofSeconds(2));
            assertThat(town.leaders()).hasSize(1);
            closing.join();
            town.agents().scale(pods + 1);
            town.awaitAvailable(pods(0, pods + 1));
        }
    }

    @Test
    void aLeaderThatIsKilledIsReplacedWithinItsLease() {
        town.tiers(EXCLUSIVE).agents(2);
        var first = town.join(Router.apart(town.settings()));
        first.awaitReady();
        within(Duration.ofSeconds(15), "the first leader").until(() -> leads(first));
        town.routers(2);
        town.awaitAvailable(pods(0, 2));
        var call = town.caller(1).allocate("CA-1").took("pool:gold");
        assertThat(town.leaders()).containsExactly(first);

        town.left(first);
        var before = System.nanoTime();
        first.kill();
        town.awaitLeader();
        var took = Duration.ofNanos(System.nanoTime() - before);
        System.out.println("hand-over on a kill: " + took.toMillis() + " ms, lease " + LEASE.toMillis() + " ms");
        assertThat(took).isLessThan(LEASE.plus(SLACK));
        town.agents().scale(3);
        within(Duration.ofSeconds(5), "the new pod")
                .until(() -> town.available().contains(VoiceAgents.pod(2)));
        town.caller(0).allocate("CA-1").replays(call);
    }

    /** Both run on their own wall clock, two minutes apart, where libfaketime is installed. */
    @Test
    void aLeaderThatWasPausedFindsItselfDeposedAndHasUndoneNothing() {
        town.with("RECONCILE_INTERVAL", "100ms");
        town.tiers(EXCLUSIVE).agents(4);
        var one = town.join(Router.apart(skewed("+60s")));
        var two = town.join(Router.apart(skewed("-60s")));
        one.awaitReady();
        two.awaitReady();
        if (Files.exists(FAKETIME)) {
            var apart = wallClock(two).until(wallClock(one), ChronoUnit.SECONDS);
            assertThat(apart).as("s between the wall clocks").isCloseTo(120, within(10L));
        }
        town.awaitAvailable(pods(0, 4));
        var live = new HashMap<String, Answer>();
        for (int pause = 0; pause < PAUSES; pause++) {
            var paused = town.awaitLeader() == one ? one : two;
            var other = paused == one ? two : one;
            var talking = "CA-" + pause % 3;
            if (live.containsKey(talking)) other.caller().release(talking).is(200);
            live.remove(talking);

            var flapping = VoiceAgents.pod(3);
            town.agents().unready(flapping); // so that it is stopped with something to write
            paused.freeze();
            live.put(talking, other.caller().allocate(talking).is(200));
            within(LEASE.plus(SLACK).plus(SLACK), "another leader").until(() -> leads(other));
            town.agents().ready(flapping);
            town.agents().unready(flapping);
            town.agents().ready(flapping);
            within(Duration.ofSeconds(5), "a pool that follows")
                    .until(() -> "1".equals(town.keys().hget("voice:pod:" + flapping, "ready")));
            paused.thaw();
            paused.awaitReady();
            within(SLACK, "one leader").until(() -> !leads(paused));
            assertThat(leads(other)).isTrue();
            live.forEach((call, first) -> paused.caller().allocate(call).replays(first));
            assertThat(town.keys().hget("voice:pod:" + flapping, "ready")).isEqualTo("1");
            StoreLaws.assertHold(town.keys());
        }
        assertThat(town.town().liveCalls()).isEqualTo(live.keySet());
    }

    private Map<String, String> skewed(String by) {
        var settings = new HashMap<>(town.settings());
        if (Files.exists(FAKETIME)) {
            settings.put("LD_PRELOAD", FAKETIME.toString());
            settings.put("FAKETIME", by);
            settings.put("FAKETIME_DONT_FAKE_MONOTONIC", "1");
            settings.put("FAKETIME_FORCE_MONOTONIC_FIX", "0"); // a JVM waits by the monotonic clock
        }
        return settings;
    }

    private static ZonedDateTime wallClock(Router router) {
        var date = router.caller().get("/health").headers().firstValue("Date").orElseThrow();
        return ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME);
    }
}
