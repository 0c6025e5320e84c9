package dev.smartrouter.simulator.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartrouter.simulator.agent.RouterAnswer.Allocated;
import dev.smartrouter.simulator.agent.RouterAnswer.Failed;
import dev.smartrouter.simulator.agent.RouterAnswer.NoPods;
import dev.smartrouter.simulator.agent.RouterAnswer.NotAsked;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouterClientIT {
    private static final String ALLOCATE = "/api/v1/allocate";
    private static final Allocated POD = new Allocated("voice-agent-0", URI.create("ws://h/ws/pod/voice-agent-0/CA1"));

    private final MoodyRouter router = new MoodyRouter();
    private final SettableClock clock = new SettableClock();
    private final RouterClient client = new RouterClient(router.uri(), "secret", clock);

    @AfterEach
    void close() {
        client.close();
        router.close();
    }

    @Test
    void asksAsTheAgentDoes() {
        client.allocate(AllocateRequest.of("CA1", ""));
        client.allocate(new AllocateRequest("CA2", "acme", "twilio", "v1", "hello"));
        assertThat(router.asked(ALLOCATE))
                .extracting(MoodyRouter.Asked::body)
                .containsExactly(
                        "{\"call_sid\":\"CA1\",\"merchant_id\":\"\",\"provider\":\"exotel\",\"flow\":\"v2\"}",
                        "{\"call_sid\":\"CA2\",\"merchant_id\":\"acme\",\"provider\":\"twilio\",\"flow\":\"v1\",\"template\":\"hello\"}");
        assertThat(router.asked(ALLOCATE).getFirst().key()).isEqualTo("Bearer secret");
    }

    @Test
    void anAnswerMayBeFlatOrUnderAllocation() {
        router.then(200, MoodyRouter.POD).then(200, "{\"success\":true,\"allocation\":" + MoodyRouter.POD + "}");
        assertThat(allocate()).isEqualTo(POD);
        assertThat(allocate()).isEqualTo(POD);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "<html>", "{}", "{\"pod_name\":\"p\"}", "{\"pod_name\":\"p\",\"ws_url\":\"ws://h/ x\"}"})
    void aBodyWithoutAPodIsAFailureAtOnce(String body) {
        router.then(200, body);
        assertThat(allocate()).isInstanceOf(Failed.class);
        assertThat(router.asked(ALLOCATE)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"500, 500, 500", "404, 400, 429", "201, 302, 500"})
    void anyOtherStatusIsTriedThreeTimes(int first, int second, int third) {
        router.then(first, second, third);
        assertThat(allocate()).isEqualTo(new Failed("status " + third));
        var asked = router.asked(ALLOCATE);
        assertThat(asked).hasSize(3);
        assertThat(asked.get(1).nanos() - asked.get(0).nanos()).isGreaterThanOrEqualTo(ms(95));
        assertThat(asked.get(2).nanos() - asked.get(1).nanos()).isGreaterThanOrEqualTo(ms(195));
    }

    @Test
    void aLaterAttemptMaySucceed() {
        router.then(500, 500, 200);
        assertThat(allocate()).isEqualTo(POD);
    }

    @Test
    void fullIsAnAnswerAndIsNotTriedAgain() {
        router.then(503);
        assertThat(allocate()).isEqualTo(new NoPods());
        router.then(500, 503);
        assertThat(allocate()).isEqualTo(new NoPods());
        assertThat(router.asked(ALLOCATE)).hasSize(3);
    }

    @Test
    void fullIsNoFailureHoweverOften() {
        for (var i = 0; i < 10; i++) {
            router.then(503);
            assertThat(allocate()).isEqualTo(new NoPods());
        }
        assertThat(client.breakerOpen()).isFalse();
    }

    @Test
    void silenceIsOneFailureAfterThreeSeconds() {
        router.then(MoodyRouter.SILENT);
        var start = System.nanoTime();
        assertThat(allocate()).isInstanceOf(Failed.class);
        assertThat(System.nanoTime() - start).isBetween(ms(2_900), ms(6_000));
        assertThat(router.asked(ALLOCATE)).hasSize(1);
    }

    @Test
    void threeAttemptsAreOneFailure() {
        failed(3);
        router.then(500, 500, 500);
        assertThat(allocate()).isEqualTo(new Failed("status 500"));
        assertThat(client.breakerOpen()).isFalse();
        failed(1);
        assertThat(client.breakerOpen()).isTrue();
        assertThat(allocate()).isEqualTo(new NotAsked());
        assertThat(router.asked(ALLOCATE)).hasSize(7);
    }

    @Test
    void fiveRefusedConnectionsOpenTheBreaker() {
        router.close();
        for (var i = 0; i < 5; i++) assertThat(allocate()).isInstanceOf(Failed.class);
        assertThat(allocate()).isEqualTo(new NotAsked());
    }

    @Test
    void aSuccessBetweenBeginsTheCountAgain() {
        failed(4);
        router.then(200);
        assertThat(allocate()).isEqualTo(POD);
        failed(4);
        assertThat(client.breakerOpen()).isFalse();
    }

    @Test
    void threeSuccessesAfterHalfAMinuteCloseIt() {
        failed(5);
        clock.pass(Duration.ofSeconds(29));
        assertThat(allocate()).isEqualTo(new NotAsked());
        clock.pass(Duration.ofSeconds(2));
        for (var i = 0; i < 3; i++) {
            assertThat(client.breakerOpen()).isFalse();
            assertThat(allocate()).isEqualTo(POD);
        }
        failed(4);
        assertThat(client.breakerOpen()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void aFailureWhileHalfOpenOpensItAgain(int successes) {
        failed(5);
        clock.pass(Duration.ofSeconds(31));
        for (var i = 0; i < successes; i++) assertThat(allocate()).isEqualTo(POD);
        failed(1);
        assertThat(allocate()).isEqualTo(new NotAsked());
        clock.pass(Duration.ofSeconds(31));
        assertThat(allocate()).isEqualTo(POD);
    }

    @Test
    void fullWhileHalfOpenIsNeither() {
        failed(5);
        clock.pass(Duration.ofSeconds(31));
        router.then(503, 503, 503, 503);
        for (var i = 0; i < 4; i++) assertThat(allocate()).isEqualTo(new NoPods());
        assertThat(client.breakerOpen()).isFalse();
        failed(1);
        assertThat(client.breakerOpen()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 404, 500, 503})
    void aReleaseIsSentOnceWhateverTheAnswer(int status) {
        router.then(status);
        assertThat(client.release("CA1", "call_completed")).isEqualTo(status);
        assertThat(router.releases()).singleElement().asString().contains("\"CA1\"", "\"call_completed\"");
    }

    @Test
    void aReleaseDoesNotAskTheBreaker() {
        failed(5);
        assertThat(client.release("CA1", "call_completed")).isEqualTo(200);
        router.close();
        assertThat(client.release("CA1", "call_completed")).isZero();
    }

    @Test
    void drainingSaysHowManyCallsAreLeft() {
        router.then(200, "{\"active_calls\":2}").then(404).then(503);
        assertThat(client.drain("voice-agent-0")).hasValue(2);
        assertThat(client.drain("voice-agent-0")).hasValue(0);
        assertThat(client.drain("voice-agent-0")).isEmpty();
    }

    private RouterAnswer allocate() {
        return client.allocate(AllocateRequest.of("CA1", "acme"));
    }

    /** Failures without the pauses of retries. */
    private void failed(int times) {
        for (var i = 0; i < times; i++) {
            router.then(200, "{}");
            assertThat(allocate()).isInstanceOf(Failed.class);
        }
    }

    private static long ms(long millis) {
        return Duration.ofMillis(millis).toNanos();
    }
}
