package dev.smartrouter.simulator.provider;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.smartrouter.simulator.provider.CallPlan.Fate;
import dev.smartrouter.simulator.provider.CarrierSettings.MediaBounds;
import dev.smartrouter.simulator.provider.CarrierSettings.Patience;
import dev.smartrouter.simulator.provider.EchoAgent.Manner;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CarriersIT {
    private static final Duration SOON = ofSeconds(20);

    private final Notes notes = new Notes();
    private EchoAgent agent;
    private FakeRouter router;
    private Carriers carriers;

    @BeforeEach
    void start() throws Exception {
        agent = EchoAgent.started();
        router = new FakeRouter((telephony, sid, ask) -> FakeRouter.stream(telephony, agent.uri("voice-agent-1", sid)));
        carriers = carriers(ofSeconds(10));
    }

    private Carriers carriers(Duration read) {
        var settings = CarrierSettings.of(router.uri())
                .withAgents(router.uri())
                .withMedia(new MediaBounds(ofMillis(20), ofSeconds(5), ofSeconds(3), ofSeconds(3)));
        for (var each : Telephony.values()) {
            var tries = settings.patienceOf(each).tries();
            settings = settings.withPatience(each, new Patience(ofSeconds(2), read, tries, ofMillis(10)));
        }
        return new Carriers(settings, notes);
    }

    @AfterEach
    void stop() throws Exception {
        carriers.close();
        router.close();
        agent.close();
    }

    private CallWatch.Ended lives(CallPlan plan) {
        carriers.place(plan);
        assertThat(carriers.awaitQuiet(SOON)).isTrue();
        assertThat(carriers.live()).isZero();
        return notes.end();
    }

    @ParameterizedTest
    @EnumSource
    void aCallTalksAndTheCalleeHangsUp(Telephony telephony) {
        var how = lives(Plans.talking(Plans.talks("CA1", telephony), ofMillis(600)));
        assertThat(how.why()).isEqualTo("hung up");
        assertThat(how.complete()).isTrue();
        assertThat(how.sent()).isGreaterThanOrEqualTo(how.heard()).isGreaterThan(1);
        assertThat(notes.lines)
                .containsExactly(
                        "placed CA1",
                        "asked 1",
                        "answered 1 Stream",
                        "connected voice-agent-1",
                        "ending CA1",
                        "ended CA1");
        assertThat(agent.paths).containsExactly("/ws/pod/voice-agent-1/CA1");
        assertThat(carriers.echoes().count()).isGreaterThanOrEqualTo(how.heard());
        assertThat(carriers.lateness().count()).isGreaterThanOrEqualTo(how.sent());
    }

    @ParameterizedTest
    @CsvSource({"TWILIO,connected start media stop", "PLIVO,start media", "EXOTEL,connected start media stop"})
    void theAgentIsSpokenToInTheProvidersOwnProtocol(Telephony telephony, String events) {
        lives(Plans.talks("CA1", telephony));
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(String.join(" ", agent.events())).isEqualTo(events));
        var start = agent.heard.stream()
                .filter(message -> message.has("start"))
                .findFirst()
                .orElseThrow();
        assertThat(start.toString()).contains("\"CA1\"").contains("8000");
        var media = agent.heard.stream()
                .filter(message -> message.has("media"))
                .findFirst()
                .orElseThrow();
        assertThat(Audio.decodedLength(media.path("media").path("payload").asText()))
                .isEqualTo(telephony == Telephony.EXOTEL ? 3200 : 160);
    }

    @ParameterizedTest
    @EnumSource
    void aMarkIsAnsweredWhenItIsPlayed(Telephony telephony) {
        agent.manner = Manner.MARKS;
        var how = lives(Plans.talking(Plans.talks("CA1", telephony), ofMillis(1500)));
        assertThat(how.complete()).as(how.why()).isTrue();
        assertThat(agent.events()).contains(telephony == Telephony.PLIVO ? "playedStream" : "mark");
    }

    @Test
    void theCallerPressesAKeyNowAndThen() {
        var how = lives(Plans.talking(Plans.talks("CA1", Telephony.TWILIO), ofMillis(5000)));
        assertThat(how.complete()).as(how.why()).isTrue();
        assertThat(agent.events()).contains("dtmf");
    }

    @ParameterizedTest
    @EnumSource
    void anAgentHangsUpAsPlanned(Telephony telephony) {
        agent.manner = Manner.HANGS_UP;
        var how = lives(Plans.endedByAgent(Plans.talks("CA1", telephony)));
        assertThat(how.why()).isEqualTo("the agent hung up");
        assertThat(how.complete()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "HANGS_UP,the agent hung up early",
        "GOES_AWAY,the agent closed with 1001",
        "CUTS,socket lost",
        "IS_MUTE,no audio from the agent",
        "CONFUSES_STREAMS,the agent sent clear for stream 'x'",
        "CONFUSES_CALLERS,the voice of another caller",
        "DAMAGES,an echo that is not what was said",
        "BABBLES,the agent sent no JSON",
        "SENDS_BINARY,the agent sent a binary message"
    })
    void aCallThatGoesWrongSaysHow(Manner manner, String why) {
        agent.manner = manner;
        var how = lives(Plans.talking(Plans.talks("CA1", Telephony.TWILIO), ofSeconds(2)));
        assertThat(how.why()).startsWith(why);
        assertThat(how.complete()).isFalse();
        assertThat(router.statuses).hasSize(2);
    }

    @Test
    void anAgentMaySpeakItself() {
        agent.manner = Manner.SPEAKS_ITSELF;
        var how = lives(Plans.talking(Plans.talks("CA1", Telephony.TWILIO), ofSeconds(2)));
        assertThat(how.complete()).as(how.why()).isTrue();
        assertThat(how.heard()).isGreaterThan(carriers.echoes().count());
    }

    @Test
    void anAgentThatIsToHangUpAndDoesNotIsHungUpOn() {
        var how = lives(Plans.endedByAgent(Plans.talks("CA1", Telephony.TWILIO)));
        assertThat(how.why()).isEqualTo("the agent did not hang up");
        assertThat(how.complete()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"TWILIO,1,false", "EXOTEL,1,true", "EXOTEL,2,false"})
    void onlyExotelTriesAFailedHandshakeAgain(Telephony telephony, int refusals, boolean complete) {
        agent.refusals.set(refusals);
        var how = lives(Plans.talks("CA1", telephony));
        assertThat(how.complete()).isEqualTo(complete);
        assertThat(how.why()).startsWith(complete ? "hung up" : "refused with");
    }

    @Test
    void aSocketThatNobodyListensOnIsRefused() {
        router.answering = (telephony, sid, ask) ->
                FakeRouter.stream(telephony, URI.create("ws://127.0.0.1:1/ws/pod/voice-agent-1/" + sid));
        assertThat(lives(Plans.talks("CA1", Telephony.PLIVO)).why()).isEqualTo("refused");
    }

    @ParameterizedTest
    @EnumSource
    void theRouterAndTheAgentsAreToldHowItEnded(Telephony telephony) {
        lives(Plans.talks("CA1", telephony));
        assertThat(router.statuses)
                .hasSize(2)
                .allSatisfy(status -> assertThat(status).contains("CA1").contains("completed"))
                .anySatisfy(status -> assertThat(status).startsWith("/api/v1/" + telephony.lower() + "/status"))
                .anySatisfy(status -> assertThat(status).startsWith("/voice/status/" + telephony.lower()));
    }

    @Test
    void theRouterIsNotToldIfThePlanSaysSo() {
        lives(Plans.untold(Plans.talks("CA1", Telephony.TWILIO)));
        assertThat(router.statuses).singleElement().asString().startsWith("/voice/status/twilio");
    }

    @ParameterizedTest
    @CsvSource({"TWILIO,0", "PLIVO,2", "EXOTEL,2"})
    void aStatusThatIsRefusedIsSentAgainAsTheProviderDoes(Telephony telephony, int retries) {
        router.statusFailures = 4;
        lives(Plans.talks("CA1", telephony));
        assertThat(router.statuses).hasSize(2 + 2 * retries);
    }

    @ParameterizedTest
    @CsvSource({"UNANSWERED,TWILIO,no-answer", "UNANSWERED,PLIVO,no-answer", "BUSY,EXOTEL,busy", "BUSY,PLIVO,busy"})
    void aCallThatIsNotTakenAsksForNothing(Fate fate, Telephony telephony, String word) {
        var how = lives(Plans.with(Plans.talks("CA1", telephony), fate));
        assertThat(how.complete()).isTrue();
        assertThat(notes.lines).containsExactly("placed CA1", "ending CA1", "ended CA1");
        assertThat(router.statuses)
                .hasSize(2)
                .allSatisfy(status -> assertThat(status).contains(word));
    }

    @Test
    void whoHangsUpEarlyNeverConnects() {
        for (var i = 0; i < 12; i++) {
            carriers.place(Plans.with(Plans.talks("CA" + i, Telephony.values()[i % 3]), Fate.HANGS_UP_EARLY));
        }
        assertThat(carriers.awaitQuiet(SOON)).isTrue();
        assertThat(notes.ends).hasSize(12).allMatch(CallWatch.Ended::complete);
        assertThat(agent.paths).isEmpty();
        assertThat(notes.answers).hasSize(12);
        assertThat(router.statuses).hasSize(24);
    }

    @Test
    void aWebhookIsBrokenOffWhenTheCallerHangsUp() {
        router.answering = (telephony, sid, ask) -> FakeRouter.never();
        for (var i = 0; i < 4; i++)
            carriers.place(Plans.with(Plans.talks("CA" + i, Telephony.TWILIO), Fate.HANGS_UP_EARLY));
        await().atMost(SOON).until(() -> notes.answers.contains(new Answer.Unusable("broken off")));
    }

    @Test
    void aDuplicateIsTheSameWebhookAgainAndDoesNotWait() {
        var plan = Plans.talking(Plans.talks("CA1", Telephony.TWILIO), ofSeconds(3600));
        carriers.place(Plans.asked(plan, 2, ofMillis(30)));
        await().atMost(SOON).until(() -> notes.answers.size() == 3 && !agent.paths.isEmpty());
        carriers.hangUpAll();
        assertThat(carriers.awaitQuiet(SOON)).isTrue();
        assertThat(router.webhooks).hasSize(3);
        assertThat(router.webhooks.stream().distinct()).hasSize(1);
        assertThat(notes.lines).contains("asked 1", "asked 2", "asked 3", "answered 3 Stream");
        assertThat(agent.paths).hasSize(1);
    }

    @Test
    void theFirstUsableAnswerIsObeyedAndALaterOneReported() {
        var late = new CountDownLatch(1);
        router.answering = (telephony, sid, ask) -> {
            if (ask == 1) {
                awaitQuietly(late);
                return FakeRouter.stream(telephony, agent.uri("voice-agent-1", sid));
            }
            return FakeRouter.stream(telephony, agent.uri("voice-agent-2", sid));
        };
        carriers.place(Plans.asked(Plans.talks("CA1", Telephony.PLIVO), 1, ofMillis(20)));
        await().atMost(SOON).until(() -> !notes.ends.isEmpty());
        assertThat(carriers.awaitQuiet(ofMillis(50))).isFalse();
        late.countDown();
        assertThat(carriers.awaitQuiet(SOON)).isTrue();
        assertThat(agent.paths).containsExactly("/ws/pod/voice-agent-2/CA1");
        assertThat(notes.lines.getLast()).isEqualTo("answered 1 Stream");
        assertThat(notes.end().complete()).isTrue();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @ParameterizedTest
    @CsvSource({"TWILIO,2,true", "PLIVO,3,true", "EXOTEL,1,false"})
    void aWebhookThatIsNotAnsweredInTimeIsSentAgain(Telephony telephony, int tries, boolean answered) {
        carriers.close();
        carriers = carriers(ofMillis(700));
        router.answering = (which, sid, ask) -> ask < tries || !answered
                ? FakeRouter.never()
                : FakeRouter.stream(which, agent.uri("voice-agent-1", sid));
        var how = lives(Plans.talks("CA1", telephony));
        assertThat(router.webhooks).hasSize(tries);
        assertThat(how.complete()).isEqualTo(answered);
        assertThat(notes.answers.getFirst()).isEqualTo(new Answer.Unusable("no answer in time"));
    }

    @Test
    void aBrokenConnectionIsTriedAgain() {
        router.answering = (telephony, sid, ask) ->
                ask == 1 ? FakeRouter.none() : FakeRouter.stream(telephony, agent.uri("voice-agent-1", sid));
        assertThat(lives(Plans.talks("CA1", Telephony.PLIVO)).complete()).isTrue();
        assertThat(notes.lines).contains("answered 1 Unusable", "asked 2", "answered 2 Stream");
    }

    @ParameterizedTest
    @EnumSource
    void aCallerWhoGetsNoUsableAnswerIsSaidToHaveHadNone(Telephony telephony) {
        router.answering = (which, sid, ask) -> FakeRouter.stream(which, agent.uri("voice-agent-1", "another"));
        var how = lives(Plans.talks("CA1", telephony));
        assertThat(how.why()).isEqualTo("no answer");
        assertThat(how.complete()).isFalse();
        assertThat(notes.answers).first().asString().contains("another call's");
    }

    @ParameterizedTest
    @EnumSource
    void anApologyIsHeardAndEndsTheCall(Telephony telephony) {
        router.answering = (which, sid, ask) -> FakeRouter.apology(which);
        var how = lives(Plans.talks("CA1", telephony));
        assertThat(how.why()).isEqualTo("apology");
        assertThat(how.complete()).isFalse();
        assertThat(agent.paths).isEmpty();
    }

    @Test
    void everybodyCanBeHungUpOn() {
        for (var i = 0; i < 9; i++) {
            carriers.place(Plans.talking(Plans.talks("CA" + i, Telephony.values()[i % 3]), ofSeconds(3600)));
        }
        await().atMost(SOON)
                .until(() -> notes.lines.stream()
                                .filter(line -> line.startsWith("connected"))
                                .count()
                        == 9);
        assertThat(carriers.live()).isEqualTo(9);
        carriers.hangUpAll();
        assertThat(carriers.awaitQuiet(SOON)).isTrue();
        assertThat(notes.ends)
                .hasSize(9)
                .allMatch(CallWatch.Ended::complete)
                .extracting(CallWatch.Ended::why)
                .containsOnly("hung up by order");
    }

    @Test
    void anExchangeWithoutARouterIsACallWithoutAnAnswer() {
        router.close();
        carriers.place(Plans.talks("CA1", Telephony.TWILIO));
        await().atMost(SOON).until(() -> notes.ends.size() == 1);
        assertThat(notes.end().why()).isEqualTo("no answer");
        assertThat(List.copyOf(notes.answers)).hasSize(2);
    }
}
