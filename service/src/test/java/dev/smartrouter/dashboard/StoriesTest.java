package dev.smartrouter.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartrouter.CallSid;
import dev.smartrouter.PodName;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StoriesTest {
    private static final CallSid CALL = new CallSid("CA1");
    private static final PodName POD = new PodName("agent-0");

    private final Scene scene = new Scene();
    private final Stories stories = scene.stories;

    @Test
    void aCallOfThisRoutersIsToldFromItsBeginningToItsEnd() {
        scene.allocate("CA1", "agent-0");
        stories.tick();
        stories.confirmed(CALL);
        scene.later(Duration.ofSeconds(90));
        scene.release("CA1", "agent-0", "call_completed");
        stories.releasedNothing(CALL, "");
        stories.tick();
        assertThat(scene.storyOf(CALL))
                .containsExactly(
                        "got agent-0 of pool:gold from this router",
                        "its provider said that it is live",
                        "released: call_completed",
                        "released again");
        assertThat(scene.storyOf(POD)).containsExactly("call CA1 began", "call CA1 released: call_completed");
        assertThat(stories.findEnded(CALL).flatMap(Ended::hold))
                .hasValueSatisfying(hold -> assertThat(hold.pod()).isEqualTo(POD));
        assertThat(stories.findLive(CALL)).isEmpty();
    }

    @Test
    void aCallThatEndsBeforeTheMirrorIsLookedAtStillHasItsPod() {
        scene.allocate("CA1", "agent-0");
        scene.release("CA1", "agent-0", "");
        assertThat(stories.lately()).singleElement().satisfies(ended -> {
            assertThat(ended.hold()).isPresent();
            assertThat(ended.how()).isEqualTo("released");
        });
    }

    @Test
    void anotherRoutersCallIsToldAsTheMirrorTellsIt() {
        scene.call("CA1", "agent-0");
        stories.tick();
        stories.tick();
        scene.live.clear();
        scene.later(Duration.ofSeconds(10));
        stories.tick();
        assertThat(scene.storyOf(CALL)).hasSize(2).first().asString().endsWith("from another router");
        assertThat(scene.storyOf(CALL)).last().asString().startsWith("ended elsewhere");
        assertThat(scene.storyOf(POD)).hasSize(2);
        assertThat(stories.lately()).hasSize(1);
    }

    @Test
    void aRefusedCallIsRememberedAndForgivenWhenItGetsAPod() {
        scene.refuse("CA1");
        assertThat(scene.storyOf(CALL)).containsExactly("refused: no room in pool:gold");
        assertThat(stories.findEnded(CALL)).isPresent();
        scene.allocate("CA1", "agent-0");
        assertThat(stories.findEnded(CALL)).isEmpty();
        scene.later(Duration.ofSeconds(1));
        assertThat(scene.figures.after(Scene.NOON.getEpochSecond() - 1))
                .singleElement()
                .satisfies(point -> {
                    assertThat(point.allocated()).isOne();
                    assertThat(point.refused()).isOne();
                });
    }

    @Test
    void whereTooMuchGoesOnSomeIsNotToldAndNothingWrong() {
        scene.allocate("CA1", "agent-0");
        stories.tick();
        for (int i = 0; i < 3_000; i++) {
            scene.allocate("CB" + i, "agent-1");
            scene.release("CB" + i, "agent-1", "");
        }
        scene.release("CA1", "agent-0", "");
        stories.tick();
        assertThat(scene.storyOf(new CallSid("CB0"))).hasSize(2);
        assertThat(stories.find(new CallSid("CB2999"))).isEmpty();
        assertThat(scene.storyOf(CALL)).last().asString().startsWith("ended while too much went on");
        assertThat(stories.findLive(new CallSid("CB511"))).isEmpty();
        assertThat(stories.findLive(new CallSid("CB512"))).isEmpty();
        scene.allocate("CA2", "agent-0");
        assertThat(scene.storyOf(new CallSid("CA2"))).hasSize(1);
    }

    @Test
    void anHourLaterNobodyRemembers() {
        scene.allocate("CA1", "agent-0");
        scene.release("CA1", "agent-0", "");
        stories.tick();
        scene.later(Stories.KEPT.minusSeconds(1));
        assertThat(stories.find(CALL)).isPresent();
        scene.later(Duration.ofSeconds(1));
        assertThat(stories.find(CALL)).isEmpty();
        assertThat(stories.find(POD)).isEmpty();
        assertThat(stories.lately()).isEmpty();
    }

    @Test
    void drainsAreToldOfThePod() {
        stories.drained(POD, 1);
        stories.undrained(POD, 0);
        assertThat(scene.storyOf(POD)).hasSize(2).first().asString().startsWith("drained");
    }

    @Test
    void aLongStoryKeepsItsBeginningAndItsEnd() {
        for (int i = 0; i < 100; i++) stories.saw(POD, "moment " + i);
        assertThat(scene.storyOf(POD))
                .hasSizeLessThan(30)
                .startsWith("moment 0")
                .endsWith("moment 99");
    }

    @Test
    void whatEndedLatelyIsBounded() {
        for (int i = 0; i < 100; i++) scene.refuse("CA" + i);
        assertThat(stories.lately())
                .hasSizeLessThan(50)
                .first()
                .satisfies(ended -> assertThat(ended.call().value()).isEqualTo("CA99"));
    }
}
