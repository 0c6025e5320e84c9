package dev.smartrouter.scenario;

import static dev.smartrouter.scenario.ClusterTown.pods;
import static dev.smartrouter.scenario.ClusterTown.within;
import static org.assertj.core.api.Assertions.assertThat;

import dev.smartrouter.pool.StoreLaws;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pods come, go, crash and roll under live calls; the reference's scenarios 9.6 B, 9.15 and 9.16 among them. */
class PodsComeAndGoIT {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final int FLAPS = 50;
    /** Document 004's target state for seven pods. */
    private static final String SEVEN = """
            {"tiers":{"gold":{"type":"exclusive","target":2},"standard":{"type":"exclusive","target":1},\
            "basic":{"type":"shared","target":1,"max_concurrent":3},"9shines":{"type":"exclusive","target":2},\
            "acme":{"type":"exclusive","target":1}},"default_chain":["gold","standard","basic"]}""";

    private static final String EXCLUSIVE = """
            {"tiers":{"gold":{"type":"exclusive","target":1}},"default_chain":["gold"]}""";

    private final ClusterTown town = ClusterTown.found();

    @AfterEach
    void close() {
        town.close();
    }

    @Test
    void sevenPodsFillThePoolsOfTheReference() {
        town.tiers(SEVEN).agents(7).routers(2);
        town.awaitAvailable(pods(0, 7));
        assertThat(sizes())
                .isEqualTo(Map.of(
                        "merchant:9shines",
                        2,
                        "merchant:acme",
                        1,
                        "pool:gold",
                        2,
                        "pool:standard",
                        1,
                        "pool:basic",
                        1));
        assertThat(town.keys().type("voice:pool:basic:available")).isEqualTo("zset");
        assertThat(town.keys().type("voice:merchant:9shines:pods")).isEqualTo("set");
    }

    @Test
    void newPodsServeAndPodsScaledAwayLeaveNothingBehind() {
        town.tiers(EXCLUSIVE).agents(5).routers(2);
        town.awaitAvailable(pods(0, 5));

        town.agents().scale(7);
        town.awaitAvailable(pods(0, 7));
        assertThat(Set.of(
                        town.caller(0).allocate("CA-1").took("pool:gold").pod(),
                        town.caller(1).allocate("CA-2").took("pool:gold").pod()))
                .hasSize(2);
        town.caller(1).release("CA-1").is(200);
        town.caller(0).release("CA-2").is(200);

        town.agents().scale(5);
        town.awaitAvailable(pods(0, 5));
        assertThat(town.keys().keys("voice:*voice-agent-6*")).isEmpty();
        assertThat(town.caller().pod(VoiceAgents.pod(6)).status()).isEqualTo(404);
    }

    @Test
    void aPodDeletedInACallDrainsAtOnceAndItsCallEndsWithIt() {
        town.tiers(EXCLUSIVE).agents(2).routers(2);
        town.awaitAvailable(pods(0, 2));
        var pod = town.caller().allocate("CA-1").took("pool:gold").pod();

        town.agents().terminate(pod);
        within(SOON, "draining")
                .untilAsserted(
                        () -> assertThat(town.caller(1).pod(pod).text("status")).isEqualTo("draining"));
        town.caller(1).allocate("CA-1").is(200);
        assertThat(town.caller(1)
                        .release("CA-1")
                        .is(200)
                        .json()
                        .path("was_draining")
                        .asBoolean())
                .isTrue();
        assertThat(town.available()).as("a draining pod released").doesNotContain(pod);

        var other = town.caller().allocate("CA-2").took("pool:gold").pod();
        assertThat(other).isNotEqualTo(pod);
        town.caller().allocate("CA-3").findsNoPodIn("pool:gold");
        town.agents().terminate(other).finish(other).finish(pod);
        within(SOON, "the end of the call")
                .untilAsserted(
                        () -> assertThat(town.caller().call("CA-2").status()).isEqualTo(404));
        within(SOON, "no pod").untilAsserted(() -> assertThat(town.pools()).isEmpty());
        StoreLaws.assertHold(town.keys());
    }

    @Test
    void aPodRecreatedUnderItsNameIsAnotherPod() {
        town.tiers(EXCLUSIVE).agents(1).routers(2);
        town.awaitAvailable(pods(0, 1));
        var pod = town.caller().allocate("CA-old").took("pool:gold").pod();

        town.agents().delete(pod).start(pod);
        within(SOON, "the new pod")
                .untilAsserted(() -> assertThat(town.available()).containsExactly(pod));
        town.caller(1).call("CA-old").is(404);
        town.caller(1).allocate("CA-new").took("pool:gold");

        town.caller().release("CA-old").is(404);
        town.caller().allocate("CA-third").findsNoPodIn("pool:gold");
        assertThat(town.available()).isEmpty();
        StoreLaws.assertHold(town.keys());
    }

    @Test
    void readinessFlappingInACallNeitherEndsItNorLetsAnotherIn() {
        town.tiers(EXCLUSIVE).agents(1).routers(2);
        town.awaitAvailable(pods(0, 1));
        var first = town.caller().allocate("CA-1").took("pool:gold");
        for (int i = 0; i < FLAPS; i++) {
            town.agents().unready(first.pod());
            awaitReady(first.pod(), "0");
            town.caller(i).allocate("CA-other").findsNoPodIn("pool:gold");
            town.agents().ready(first.pod());
            awaitReady(first.pod(), "1");
            town.caller(i).allocate("CA-other").findsNoPodIn("pool:gold");
        }
        town.caller(1).allocate("CA-1").replays(first);
        assertThat(town.caller().release("CA-1").is(200).pod()).isEqualTo(first.pod());
        town.awaitAvailable(first.pod());
    }

    @Test
    void anUnreadyPodTakesNoCallUntilItIsReady() {
        town.tiers(EXCLUSIVE).agents(1).routers(2);
        town.awaitAvailable(pods(0, 1));
        town.agents().unready(VoiceAgents.pod(0));
        town.awaitAvailable();
        town.caller().allocate("CA-1").findsNoPodIn("pool:gold");
        town.agents().ready(VoiceAgents.pod(0));
        town.awaitAvailable(pods(0, 1));
    }

    @Test
    void aContainerThatRestartsHasLostItsCalls() {
        town.tiers(EXCLUSIVE).agents(1).routers(2);
        town.awaitAvailable(pods(0, 1));
        var pod = town.caller().allocate("CA-1").took("pool:gold").pod();

        town.agents().restartContainer(pod);
        town.awaitAvailable(pod);
        town.caller(1).call("CA-1").is(404);
        town.caller(1).allocate("CA-2").took("pool:gold");
        town.caller().release("CA-1").is(404);
        town.caller().allocate("CA-3").findsNoPodIn("pool:gold");
    }

    @Test
    void anEvictedPodIsGoneAlthoughItIsListed() {
        town.tiers(EXCLUSIVE).agents(2).routers(2);
        town.awaitAvailable(pods(0, 2));
        var evicted = town.caller().allocate("CA-1").took("pool:gold").pod();

        town.agents().fail(evicted);
        within(SOON, "the end of the call")
                .untilAsserted(
                        () -> assertThat(town.caller().call("CA-1").status()).isEqualTo(404));
        within(SOON, "removal")
                .untilAsserted(() -> assertThat(town.pools().get("pool:gold")).hasSize(1));
        awaitReconciles();
        town.caller().pod(evicted).is(404);
        town.agents().delete(evicted).start(evicted);
        town.awaitAvailable(pods(0, 2));
    }

    @Test
    void aPodRelabelledLeavesThePoolsAndComesBackWithItsLabel() {
        town.tiers(EXCLUSIVE).agents(2).routers(2);
        town.awaitAvailable(pods(0, 2));
        town.agents().relabel(VoiceAgents.pod(1), "debugging");
        town.awaitAvailable(pods(0, 1));
        town.agents().relabel(VoiceAgents.pod(1), "voice-agent");
        town.awaitAvailable(pods(0, 2));
    }

    @Test
    void aRollingUpdateInCallsEndsThoseOfThePodsThatGoAndNoOthers() {
        town.tiers(SEVEN).agents(7).routers(2);
        town.awaitAvailable(pods(0, 7));
        var before = sizes();
        for (int i = 6; i >= 0; i--) {
            var pod = VoiceAgents.pod(i);
            town.agents().terminate(pod).finish(pod).create(pod);
            within(SOON, "a pod that is not ready")
                    .untilAsserted(() -> assertThat(town.keys().hget("voice:pod:" + pod, "ready"))
                            .isEqualTo("0"));
            var call = town.caller(i).allocate("CA-" + i).is(200);
            assertThat(call.pod()).isNotEqualTo(pod);
            town.agents().ready(pod);
            within(SOON, "a pod that serves again")
                    .untilAsserted(() -> assertThat(town.available()).contains(pod));
            town.caller(i).allocate("CA-" + i).replays(call);
            town.caller(i).release("CA-" + i).is(200);
        }
        town.awaitAvailable(pods(0, 7));
        assertThat(sizes()).isEqualTo(before);
    }

    private Map<String, Integer> sizes() {
        return town.pools().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, pool -> pool.getValue().size()));
    }

    private void awaitReady(String pod, String ready) {
        within(SOON, "readiness " + ready)
                .untilAsserted(() -> assertThat(town.keys().hget("voice:pod:" + pod, "ready"))
                        .isEqualTo(ready));
    }

    /** Until a whole comparison has begun and ended after this moment. */
    private void awaitReconciles() {
        town.keys().sadd("voice:pool:gold:assigned", "voice-agent-99");
        within(SOON, "a comparison")
                .untilAsserted(() -> assertThat(town.pools().get("pool:gold")).doesNotContain("voice-agent-99"));
    }
}
