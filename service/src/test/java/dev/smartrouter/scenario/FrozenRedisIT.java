package dev.smartrouter.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Redis stops answering, or is gone: callers hear so within a second, and soon after its return they are served. */
class FrozenRedisIT {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration BACK = Duration.ofSeconds(5);
    private static final int CALLERS = 16;
    private static final String[] PODS =
            IntStream.range(0, 40).mapToObj(i -> "voice-agent-" + i).toArray(String[]::new);

    private Town town;
    private Caller caller;

    @BeforeEach
    void start() {
        town = Town.found("--appendonly yes", "--appendfsync always")
                .tiers("{\"tiers\":{\"gold\":{\"type\":\"exclusive\",\"target\":40}},\"default_chain\":[\"gold\"]}")
                .pods("gold", PODS)
                .routers(2);
        caller = town.caller();
        ask("CA-warm-", 2);
        IntStream.range(0, 2 * CALLERS).forEach(i -> caller.release("CA-warm-" + i));
        town.awaitWhole();
    }

    @AfterEach
    void stop() {
        town.close();
    }

    @Test
    void frozenItIsApologisedForWithinASecondAndHoldsNoPodForARefusedCallWhenItThaws() {
        caller.allocate("CA-talking").took("pool:gold");
        town.redis().freeze();
        try {
            for (int round = 0; round < 3; round++) allAreRefusedInTime("CA-frozen-" + round + "-");
            assertThat(caller.release("CA-talking").is(503).took()).isLessThan(SECOND);
            theProbesSayWhatIsTrue();
            allAreRefusedInTime("CA-still-");
        } finally {
            town.redis().thaw();
        }
        servesWithin(BACK);
        await("no pod held for a refused call")
                .atMost(BACK)
                .untilAsserted(() -> assertThat(town.liveCalls()).isSubsetOf("CA-talking"));
        caller.release("CA-talking"); // the one sent while frozen may have been run, or not
        caller.allocate("CA-talking").is(200);
        caller.release("CA-talking").is(200);
        town.awaitWhole();
    }

    @Test
    void killedAndStartedAgainItServesWithinFiveSecondsAndLiveCallsKeepTheirPods() {
        var talking = caller.allocate("CA-talking").took("pool:gold");
        town.redis().kill();
        allAreRefusedInTime("CA-gone-");
        theProbesSayWhatIsTrue();
        allAreRefusedInTime("CA-still-gone-");
        town.redis().startAgain();
        servesWithin(BACK);
        town.reconnect();
        town.caller(1).allocate("CA-talking").replays(talking);
        caller.release("CA-talking").is(200);
        town.awaitWhole();
    }

    /** Whoever released it was told that the store did not answer, and does not ask again. */
    @Test
    void whatEndedWhileItWasGoneHasEndedSoonAfterItsReturn() {
        caller.allocate("CA-talking").took("pool:gold");
        caller.allocate("CA-redialled").took("pool:gold");
        town.redis().kill();
        caller.release("CA-talking").is(503);
        town.redis().startAgain();
        servesWithin(BACK);
        town.reconnect();
        await("the pod of a call whose end was not heard")
                .atMost(BACK)
                .untilAsserted(() -> assertThat(town.liveCalls())
                        .doesNotContain("CA-talking")
                        .contains("CA-redialled"));
        caller.release("CA-redialled").is(200);
        town.awaitWhole();
    }

    @Test
    void aPodIsNotTakenTwiceWhileRedisComesAndGoes() {
        var talking = IntStream.range(0, 20)
                .mapToObj(i -> caller.allocate("CA-talking-" + i).is(200))
                .toList();
        for (int round = 0; round < 2; round++) {
            town.redis().freeze();
            allAreRefusedInTime("CA-refused-" + round + "-");
            town.redis().thaw();
            servesWithin(BACK);
        }
        for (int i = 0; i < 20; i++) town.caller(i).allocate("CA-talking-" + i).replays(talking.get(i));
        for (int i = 0; i < 20; i++) caller.release("CA-talking-" + i).is(200);
        town.awaitWhole();
    }

    /** Operations document 000, section 9.6, scenario C: total loss, and no restart of a router. */
    @Test
    void flushedItHasAllPodsAndLiveCallsAgainWithinFiveSeconds() {
        var talking = caller.allocate("CA-talking").took("pool:gold");
        for (int router = 0; router < 2; router++) {
            var admin = new Caller(town.router(router).admin());
            await("memory")
                    .atMost(BACK)
                    .until(() -> admin.get("/metrics")
                            .body()
                            .contains("smart_router_pool_available_pods{tier=\"gold\"} 39.0"));
        }
        town.keys().flushAll();
        servesWithin(BACK);
        town.caller(1).allocate("CA-talking").replays(talking);
        assertThat(town.keys().smembers("voice:pool:gold:available"))
                .hasSize(PODS.length - 1)
                .doesNotContain(talking.pod());
        caller.release("CA-talking").is(200);
        town.awaitWhole();
    }

    /** Operations document 000, section 9.6, scenario A. */
    @Test
    void aRouterThatIsStartedAgainKnowsWhatItKnew() {
        var talking = caller.allocate("CA-talking").took("pool:gold");
        town.router(0).close();
        town.router(1).close();
        var again = town.join(Router.here(town.settings())).awaitReady().caller();
        assertThat(again.status().json().path("active_calls").asInt()).isEqualTo(1);
        again.allocate("CA-talking").replays(talking);
        again.release("CA-talking").is(200);
        town.awaitWhole();
    }

    @Test
    void aRouterThatStartsWithoutRedisApologisesUntilItComes() {
        town.redis().kill();
        var router = town.join(Router.here(town.settings()));
        caller = router.caller();
        allAreRefusedInTime("CA-early-");
        assertThat(caller.get("/health").is(200).body()).isEqualTo("{\"status\":\"ok\"}");
        caller.get("/ready").is(503);
        caller.get("/ready?of=router").is(200);
        assertThat(caller.status().text("status")).isEqualTo("down");
        town.redis().startAgain();
        servesWithin(BACK);
        router.awaitReady();
        town.reconnect();
        town.awaitWhole();
    }

    private void theProbesSayWhatIsTrue() {
        await("unready")
                .atMost(Duration.ofSeconds(6))
                .until(() -> caller.get("/ready").status() == 503);
        assertThat(caller.get("/ready").is(503).took()).isLessThan(SECOND);
        assertThat(caller.get("/health").is(200).took()).isLessThan(SECOND);
        assertThat(caller.get("/ready?of=router").is(200).took()).isLessThan(SECOND);
        var status = caller.status();
        assertThat(status.text("status")).isEqualTo("down");
        assertThat(status.took()).isLessThan(SECOND);
    }

    private void servesWithin(Duration promised) {
        await("service").atMost(promised).pollInterval(Duration.ofMillis(50)).until(() -> {
            var answers = List.of(caller.allocate("CA-back"), town.caller(1).allocate("CA-back"));
            return answers.stream().allMatch(Answer::isOk);
        });
        caller.release("CA-back").is(200);
    }

    /**
     * Sixteen at once, over JSON and all three providers. What a busy machine adds to any request is not the router's: it
     * is measured, meanwhile, on one that asks nobody.
     */
    private void allAreRefusedInTime(String calls) {
        var waiting = new AtomicBoolean(true);
        var slowest = CompletableFuture.supplyAsync(() -> slowestHealth(waiting));
        var answers = ask(calls, 1);
        waiting.set(false);
        var promised = SECOND.plus(slowest.join());
        for (var answer : answers) {
            assertThat(answer.took()).as("%s", answer).isLessThan(promised);
            if (answer.type().startsWith("application/xml")) {
                answer.apologises();
            } else {
                answer.is(503);
                assertThat(answer.json().path("error").asText()).isIn("store unavailable", "recovering");
                assertThat(answer.headers().firstValue("Retry-After")).contains("1");
            }
        }
    }

    private Duration slowestHealth(AtomicBoolean waiting) {
        var slowest = new AtomicReference<>(Duration.ZERO);
        await("the others").pollInterval(Duration.ofMillis(20)).until(() -> {
            var took = caller.get("/health").took();
            slowest.accumulateAndGet(took, (a, b) -> a.compareTo(b) > 0 ? a : b);
            return !waiting.get();
        });
        return slowest.get();
    }

    private List<Answer> ask(String calls, int rounds) {
        var answers = new ArrayList<Answer>();
        for (int round = 0; round < rounds; round++) {
            var first = round * CALLERS;
            answers.addAll(Crowd.atOnce(CALLERS, i -> asked(calls + (first + i), i)));
        }
        return answers;
    }

    private Answer asked(String call, int how) {
        return switch (how % 4) {
            case 0 -> caller.allocate(call);
            case 1 -> caller.form("/api/v1/twilio/allocate", "CallSid=" + call);
            case 2 -> caller.form("/api/v1/plivo/allocate", "CallUUID=" + call);
            default -> caller.form("/api/v1/exotel/allocate", "CallSid=" + call);
        };
    }
}
