package dev.smartrouter.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.Tuple;

/**
 * Operations document 000, section 9, as far as it needs no cluster: each scenario with the document's own requests and
 * its Redis commands, on its tiers (gold, standard, a shared pod of three; the other two of five pods are overflow),
 * and each twice with the same sids.
 */
class ReferenceGuideIT {
    private static final int TWICE = 2;
    private static final String WEBHOOKS = "/agent/voice/breeze-buddy/";

    private static Town town;
    private static Caller caller;

    @BeforeAll
    static void start() {
        town = Town.found()
                .pods("gold", "voice-agent-0")
                .pods("standard", "voice-agent-1")
                .sharedPod("basic", "voice-agent-2")
                .pods("overflow", "voice-agent-3", "voice-agent-4")
                .routers(1);
        caller = town.caller();
    }

    @AfterAll
    static void stop() {
        town.close();
    }

    @AfterEach
    void nothingIsLeft() {
        town.assertWhole();
        assertThat(caller.status().json().path("active_calls").asInt()).isZero();
    }

    /** 9.1 */
    @RepeatedTest(TWICE)
    void aCallOfNobodysGetsAStandardPodAndGivesItBack() {
        var answer = caller.allocate("test-default-001", "").took("pool:standard");
        assertThat(answer.wsUrl()).isEqualTo(Town.AGENTS + "/ws/pod/voice-agent-1/test-default-001");
        assertThat(town.keys().hgetAll("voice:call:test-default-001"))
                .containsEntry("pod_name", "voice-agent-1")
                .containsEntry("source_pool", "pool:standard")
                .containsEntry("merchant_id", "")
                .containsKey("allocated_at");
        assertThat(caller.release("test-default-001").is(200).body())
                .isEqualTo("{\"success\":true,\"pod_name\":\"voice-agent-1\","
                        + "\"released_to_pool\":\"pool:standard\",\"was_draining\":false}");
        assertThat(town.keys().smembers("voice:pool:standard:available")).containsExactly("voice-agent-1");
    }

    /** 9.2 */
    @RepeatedTest(TWICE)
    void aGoldMerchantGetsAGoldPod() {
        town.merchant("gold-merchant-001", "{\"tier\":\"gold\"}");
        assertThat(caller.allocate("test-gold-001", "gold-merchant-001")
                        .took("pool:gold")
                        .pod())
                .isEqualTo("voice-agent-0");
        caller.release("test-gold-001").is(200);
        town.keys().hdel("voice:merchant:config", "gold-merchant-001");
        caller.allocate("test-gold-002", "gold-merchant-001").took("pool:standard");
        caller.release("test-gold-002").is(200);
    }

    /** 9.3 */
    @RepeatedTest(TWICE)
    void aSharedPodCarriesThreeCallsAtATime() {
        town.merchant("basic-merchant", "{\"tier\":\"basic\"}");
        var pods = Crowd.atOnce(
                3,
                i -> caller.allocate("test-shared-" + (i + 1), "basic-merchant")
                        .took("pool:basic")
                        .pod());
        assertThat(Set.copyOf(pods)).containsExactly("voice-agent-2");
        basicCarries(3);
        caller.allocate("test-shared-4", "basic-merchant").findsNoPodIn("pool:basic");
        for (int i = 1; i <= 3; i++) {
            caller.release("test-shared-" + i).is(200);
            basicCarries(3 - i);
        }
        caller.release("test-shared-4").is(404);
        town.keys().hdel("voice:merchant:config", "basic-merchant");
    }

    /** 9.4 */
    @RepeatedTest(TWICE)
    void theSameCallTwiceGetsTheSamePod() {
        var first = caller.allocate("test-idempotent-001").took("pool:standard");
        caller.allocate("test-idempotent-001").replays(first);
        caller.release("test-idempotent-001").is(200);
    }

    /** 9.5 */
    @RepeatedTest(TWICE)
    void theSameCallFiveTimesAtOnceTakesOnePod() {
        var answers = Crowd.atOnce(5, i -> caller.allocate("test-race-001").is(200));
        assertThat(answers.stream().map(Answer::wsUrl).distinct()).hasSize(1);
        assertThat(answers.stream().filter(answer -> !answer.wasExisting())).hasSize(1);
        assertThat(town.keys().hgetAll("voice:call:test-race-001"))
                .containsEntry("pod_name", answers.getFirst().pod());
        assertThat(town.keys().keys("voice:lease:*")).hasSize(1);
        caller.release("test-race-001").is(200);
    }

    /** 9.6, the second of that number */
    @RepeatedTest(TWICE)
    void releasingACallTwiceHarmsNothing() {
        caller.allocate("test-release-idem-001").is(200);
        assertThat(caller.release("test-release-idem-001")
                        .is(200)
                        .json()
                        .path("success")
                        .asBoolean())
                .isTrue();
        assertThat(caller.release("test-release-idem-001").is(404).body()).isEqualTo("{\"error\":\"call not found\"}");
    }

    /** 9.7 */
    @RepeatedTest(TWICE)
    void releasingACallThatNeverWasIs404() {
        assertThat(caller.release("never-allocated-call").is(404).body()).isEqualTo("{\"error\":\"call not found\"}");
    }

    /** 9.8 */
    @RepeatedTest(TWICE)
    void callsFallThroughToOverflowAndTheSharedPodUntilAllIsTaken() {
        caller.allocate("exhaust-std-001").took("pool:standard");
        caller.allocate("exhaust-std-002").took("pool:overflow");
        caller.allocate("exhaust-std-003").took("pool:overflow");
        for (int i = 4; i <= 6; i++) caller.allocate("exhaust-std-00" + i).took("pool:basic");
        caller.allocate("exhaust-std-007").findsNoPodIn("pool:standard", "pool:overflow", "pool:basic");
        for (int i = 1; i <= 6; i++) caller.release("exhaust-std-00" + i).is(200);
    }

    /** 9.9: and the operator's DEL ends the drain within an audit */
    @RepeatedTest(TWICE)
    void aDrainedPodIsSkippedUntilItsDrainingKeyIsDeleted() {
        assertThat(caller.drain("voice-agent-1").is(200).body())
                .isEqualTo("{\"success\":true,\"pod_name\":\"voice-agent-1\",\"has_active_call\":false,"
                        + "\"active_calls\":0,\"message\":\"pod drained\"}");
        assertThat(town.keys().get("voice:pod:draining:voice-agent-1")).isEqualTo("1");
        assertThat(town.keys().sismember("voice:pool:standard:available", "voice-agent-1"))
                .isFalse();
        assertThat(caller.pod("voice-agent-1").is(200).text("status")).isEqualTo("draining");
        caller.allocate("test-drain-skip-001").took("pool:overflow");
        town.keys().del("voice:pod:draining:voice-agent-1");
        await("the pod's return")
                .atMost(Duration.ofSeconds(3))
                .until(() -> town.keys().sismember("voice:pool:standard:available", "voice-agent-1"));
        caller.allocate("test-drain-skip-002").took("pool:standard");
        caller.release("test-drain-skip-001").is(200);
        caller.release("test-drain-skip-002").is(200);
    }

    /** Of 9.9 and section 4: a drain while the pod talks */
    @RepeatedTest(TWICE)
    void aPodDrainedInMidCallFinishesItsCallAndTakesNoOther() {
        caller.allocate("test-drain-busy-001").took("pool:standard");
        var drained = caller.drain("voice-agent-1").is(200).json();
        assertThat(drained.path("has_active_call").asBoolean()).isTrue();
        assertThat(drained.path("active_calls").asInt()).isEqualTo(1);
        caller.allocate("test-drain-busy-001").is(200);
        var released = caller.release("test-drain-busy-001").is(200).json();
        assertThat(released.path("was_draining").asBoolean()).isTrue();
        caller.allocate("test-drain-busy-002").took("pool:overflow");
        caller.release("test-drain-busy-002").is(200);
        caller.undrain("voice-agent-1").is(200);
        assertThat(caller.drain("voice-agent-99").is(404).text("error")).isEqualTo("pod not found");
    }

    /** 9.10 */
    @RepeatedTest(TWICE)
    void aTwilioWebhookIsAnsweredInTwiml() {
        caller.form(
                        WEBHOOKS + "twilio/callback/test-template?merchant_id=test-merchant",
                        "CallSid=test-twilio-001&AccountSid=ACtest&From=%2B1234567890&To=%2B0987654321")
                .streamsTwilioTo(Town.AGENTS + "/ws/pod/voice-agent-1/test-twilio-001");
        assertThat(town.keys().hgetAll("voice:call:test-twilio-001"))
                .containsEntry("pod_name", "voice-agent-1")
                .containsEntry("merchant_id", "test-merchant")
                .containsEntry("provider", "twilio")
                .containsEntry("template", "test-template");
        caller.release("test-twilio-001").is(200);
    }

    /** 9.11 */
    @RepeatedTest(TWICE)
    void aPlivoWebhookIsAnsweredInItsXml() {
        var answer = caller.form(
                        WEBHOOKS + "plivo/callback/test-template?merchant_id=test-merchant",
                        "CallUUID=test-plivo-001&From=1234567890&To=0987654321")
                .is(200);
        assertThat(answer.type()).startsWith("application/xml");
        assertThat(answer.body())
                .isEqualTo("<Response><Stream bidirectional=\"true\" keepCallAlive=\"true\" "
                        + "contentType=\"audio/x-mulaw;rate=8000\">" + Town.AGENTS
                        + "/ws/pod/voice-agent-1/test-plivo-001</Stream></Response>");
        caller.release("test-plivo-001").is(200);
    }

    /** 9.12: and the two forms that Exotel itself sends */
    @RepeatedTest(TWICE)
    void anExotelWebhookIsAnsweredInJson() {
        var path = WEBHOOKS + "exotel/callback/test-template";
        var expected = "{\"url\":\"" + Town.AGENTS + "/ws/pod/voice-agent-1/test-exotel-001\"}";
        assertThat(caller.json(path, "{\"CallSid\": \"test-exotel-001\", \"merchant_id\": \"test-merchant\"}")
                        .is(200)
                        .body())
                .isEqualTo(expected);
        assertThat(caller.form(path, "CallSid=test-exotel-001&CallFrom=0123")
                        .is(200)
                        .body())
                .isEqualTo(expected);
        assertThat(caller.get(path + "?CallSid=test-exotel-001&CallFrom=0123")
                        .is(200)
                        .body())
                .isEqualTo(expected);
        caller.release("test-exotel-001").is(200);
    }

    /** 9.10 to 9.12, and section 4's third way to release: the provider's own status callback */
    @ParameterizedTest
    @CsvSource({"twilio,CallSid,CallStatus", "plivo,CallUUID,CallStatus", "exotel,CallSid,Status"})
    void aStatusCallbackReleasesTheCall(String provider, String sid, String status) {
        caller.form(WEBHOOKS + provider + "/callback/", sid + "=test-status-001")
                .is(200);
        caller.form("/api/v1/" + provider + "/status", sid + "=test-status-001&" + status + "=in-progress")
                .is(204);
        assertThat(town.liveCalls()).containsExactly("test-status-001");
        caller.form("/api/v1/" + provider + "/status", sid + "=test-status-001&" + status + "=completed")
                .is(204);
    }

    /** 9.13 */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "{\"merchant_id\": \"test\"} | call_sid is required",
                "{\"call_sid\": \"\"}        | call_sid is required",
                "{\"invalid json            | invalid request body",
                "``                          | invalid request body"
            })
    void aRequestThatIsNoneIs400(String body, String error) {
        assertThat(caller.json("/api/v1/allocate", body).is(400).body()).isEqualTo("{\"error\":\"" + error + "\"}");
    }

    /** 9.14 */
    @RepeatedTest(TWICE)
    void aMerchantsConfigCountsFromTheNextCallOn() {
        town.merchant("merchant-gold-test", "{\"tier\":\"gold\"}");
        caller.allocate("test-merchant-gold", "merchant-gold-test").took("pool:gold");
        caller.release("test-merchant-gold").is(200);
        town.merchant("merchant-gold-test", "{\"tier\":\"standard\"}");
        caller.allocate("test-merchant-std", "merchant-gold-test").took("pool:standard");
        caller.release("test-merchant-std").is(200);
        town.keys().hdel("voice:merchant:config", "merchant-gold-test");
    }

    /** 9.18: gold is nobody's default, so six of twenty calls find a place */
    @RepeatedTest(TWICE)
    void twentyCallsAtOnceFillAllPlacesOnceAndTheRestAreRefused() {
        var answers = Crowd.atOnce(20, i -> caller.allocate("concurrent-diff-%02d".formatted(i + 1)));
        var served = answers.stream().filter(Answer::isOk).toList();
        assertThat(served.stream().map(Answer::pool))
                .containsExactlyInAnyOrder(
                        "pool:standard", "pool:overflow", "pool:overflow", "pool:basic", "pool:basic", "pool:basic");
        assertThat(served.stream().map(Answer::pod).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder("voice-agent-1", "voice-agent-2", "voice-agent-3", "voice-agent-4");
        answers.stream()
                .filter(answer -> !answer.isOk())
                .forEach(answer -> answer.findsNoPodIn("pool:standard", "pool:overflow", "pool:basic"));
        assertThat(caller.status().json().path("active_calls").asInt()).isEqualTo(6);
        var releases = Crowd.atOnce(20, i -> caller.release("concurrent-diff-%02d".formatted(i + 1)));
        assertThat(releases.stream().filter(Answer::isOk)).hasSize(6);
    }

    /** 9.19 */
    @RepeatedTest(TWICE)
    void theProbesAnswer() {
        assertThat(caller.get("/health").is(200).body()).isEqualTo("{\"status\":\"ok\"}");
        assertThat(caller.get("/ready").is(200).body()).isEqualTo("{\"status\":\"ready\"}");
        assertThat(caller.get("/ready?of=router").is(200).body()).isEqualTo("{\"status\":\"ready\"}");
    }

    /** 9.20 */
    @RepeatedTest(TWICE)
    void theUrlOfACallIsWhatTheDocumentsProxyReads() {
        var url = caller.allocate("test-wsurl-001").took("pool:standard").wsUrl();
        assertThat(url.substring(Town.AGENTS.length())).matches("^/ws/pod/(?<pod>[^/]+)/(?<call>.*)$");
        assertThat(url).isEqualTo(Town.AGENTS + "/ws/pod/voice-agent-1/test-wsurl-001");
        caller.release("test-wsurl-001").is(200);
    }

    /** Section 10 */
    @RepeatedTest(TWICE)
    void theInspectionCommandsShowALiveCall() {
        var keys = town.keys();
        var call = caller.allocate("test-inspect-001").took("pool:standard");
        assertThat(keys.smembers("voice:pool:standard:available")).isEmpty();
        assertThat(keys.smembers("voice:pool:standard:assigned")).containsExactly("voice-agent-1");
        assertThat(keys.hgetAll("voice:pod:voice-agent-1"))
                .containsEntry("status", "allocated")
                .containsEntry("allocated_call_sid", "test-inspect-001")
                .containsEntry("source_pool", "pool:standard")
                .containsKey("allocated_at");
        assertThat(keys.get("voice:pod:tier:voice-agent-1")).isEqualTo("standard");
        assertThat(keys.exists("voice:pod:draining:voice-agent-1")).isFalse();
        assertThat(keys.get("voice:lease:voice-agent-1")).isEqualTo("test-inspect-001");
        assertThat(keys.ttl("voice:lease:voice-agent-1")).isBetween(86_000L, 86_400L);
        assertThat(keys.keys("voice:call:*")).containsExactly("voice:call:test-inspect-001");
        assertThat(keys.keys("voice:lease:*")).containsExactly("voice:lease:voice-agent-1");
        assertThat(keys.scan("0", new ScanParams().match("voice:*").count(1_000))
                        .getResult())
                .allMatch(key -> key.startsWith("voice:"));

        var shown = caller.call("test-inspect-001").is(200);
        assertThat(shown.pod()).isEqualTo(call.pod());
        assertThat(shown.wsUrl()).isEqualTo(call.wsUrl());
        assertThat(shown.json().path("tried"))
                .extracting(JsonNode::toString)
                .containsExactly("{\"pool\":\"pool:standard\",\"said\":\"took\"}");
        var pod = caller.pod("voice-agent-1").is(200);
        assertThat(pod.text("tier")).isEqualTo("standard");
        assertThat(pod.text("lease")).isEqualTo("test-inspect-001");
        assertThat(pod.text("status")).isEqualTo("allocated");
        assertThat(pod.json().path("calls")).extracting(JsonNode::asText).isEqualTo(List.of("test-inspect-001"));
        caller.release("test-inspect-001").is(200);
        caller.call("test-inspect-001").is(404);
        assertThat(IntStream.range(0, 5).mapToObj(i -> keys.hget("voice:pod:voice-agent-" + i, "status")))
                .containsOnly("available");
    }

    private static void basicCarries(int calls) {
        assertThat(town.keys().zrangeWithScores("voice:pool:basic:available", 0, -1))
                .containsExactly(new Tuple("voice-agent-2", (double) calls));
    }
}
