package dev.smartrouter.simulator.provider;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.smartrouter.simulator.provider.CarrierSettings.MediaBounds;
import dev.smartrouter.simulator.provider.CarrierSettings.Patience;
import java.time.Duration;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever the plan, the router and the agent do, a call is placed once and ends once. */
class AnyCallIT {
    private static EchoAgent agent;
    private static FakeRouter router;

    /** What the router does with a call's webhooks. */
    enum Routing {
        STREAMS,
        APOLOGISES,
        CUTS,
        ANSWERS_NEVER,
        FAILS,
        NAMES_A_DEAD_SOCKET
    }

    record Story(CallPlan plan, Routing routing, EchoAgent.Manner manner, int refusals, boolean hungUp) {}

    @BeforeContainer
    static void start() throws Exception {
        agent = EchoAgent.started();
        router = new FakeRouter((telephony, sid, ask) -> FakeRouter.none());
    }

    @AfterContainer
    static void stop() throws Exception {
        router.close();
        agent.close();
    }

    @Property(tries = 60)
    void aCallIsPlacedOnceAndEndsOnce(@ForAll("stories") Story story) {
        agent.manner = story.manner();
        agent.refusals.set(story.refusals());
        router.answering = (telephony, sid, ask) -> answer(story.routing(), telephony, sid);
        var notes = new Notes();
        try (var carriers = new Carriers(settings(), notes)) {
            carriers.place(story.plan());
            if (story.hungUp()) carriers.hangUpAll();
            assertThat(carriers.awaitQuiet(ofSeconds(20))).isTrue();
        }
        var sid = story.plan().sid();
        assertThat(notes.lines).first().isEqualTo("placed " + sid);
        assertThat(notes.lines).containsOnlyOnce("placed " + sid, "ended " + sid);
        assertThat(notes.lines.stream().filter(line -> line.startsWith("ending")))
                .hasSizeLessThan(2);
        assertThat(notes.lines.stream().filter(line -> line.startsWith("asked")))
                .hasSameSizeAs(notes.answers);
    }

    private static Reply answer(Routing routing, Telephony telephony, String sid) {
        return switch (routing) {
            case STREAMS -> FakeRouter.stream(telephony, agent.uri("voice-agent-1", sid));
            case APOLOGISES -> FakeRouter.apology(telephony);
            case CUTS -> FakeRouter.none();
            case ANSWERS_NEVER -> FakeRouter.never();
            case FAILS -> Reply.Came.of(500, "text/html", "oops");
            case NAMES_A_DEAD_SOCKET -> FakeRouter.stream(telephony, agent.uri("voice-agent-1/x", sid));
        };
    }

    private static CarrierSettings settings() {
        var settings = CarrierSettings.of(router.uri())
                .withAgents(router.uri())
                .withMedia(new MediaBounds(ofMillis(20), ofMillis(500), ofMillis(400), ofMillis(100)));
        for (var each : Telephony.values()) {
            settings = settings.withPatience(each, new Patience(ofMillis(200), ofMillis(200), 2, ofMillis(5)));
        }
        return settings;
    }

    @Provide
    Arbitrary<Story> stories() {
        return Combinators.combine(
                        plans(),
                        Arbitraries.frequency(
                                Tuple.of(5, Routing.STREAMS),
                                Tuple.of(1, Routing.APOLOGISES),
                                Tuple.of(1, Routing.CUTS),
                                Tuple.of(1, Routing.ANSWERS_NEVER),
                                Tuple.of(1, Routing.FAILS),
                                Tuple.of(1, Routing.NAMES_A_DEAD_SOCKET)),
                        Arbitraries.of(EchoAgent.Manner.class),
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.frequency(Tuple.of(5, false), Tuple.of(1, true)))
                .as(Story::new);
    }

    private static Arbitrary<CallPlan> plans() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 1_000_000),
                        Arbitraries.of(Telephony.class),
                        Arbitraries.frequency(
                                Tuple.of(5, CallPlan.Fate.TALKS),
                                Tuple.of(2, CallPlan.Fate.HANGS_UP_EARLY),
                                Tuple.of(1, CallPlan.Fate.UNANSWERED),
                                Tuple.of(1, CallPlan.Fate.BUSY)),
                        Arbitraries.integers().between(0, 200),
                        Arbitraries.of(true, false),
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.integers().between(0, 50),
                        Arbitraries.of(true, false))
                .as((n, telephony, fate, talks, byAgent, duplicates, after, told) -> new CallPlan(
                        "CA" + n,
                        telephony,
                        n % 2 == 0 ? "" : "acme",
                        Duration.ZERO,
                        fate,
                        ofMillis(talks),
                        byAgent,
                        duplicates,
                        ofMillis(after),
                        told));
    }
}
