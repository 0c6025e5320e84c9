package dev.smartrouter.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.smartrouter.PodName;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LookoutTest {
    private final Scene scene = new Scene();

    @ParameterizedTest
    @CsvSource({
        "0, , AVAILABLE",
        "1, , IN_CALLS",
        "1, not ready, NOT_READY",
        "0, not ready held, QUARANTINED",
        "0, held draining, DRAINING",
        "1, draining terminating not ready, TERMINATING"
    })
    void aPodHasTheWordForWhatKeepsItLongest(int calls, String says, Condition is) {
        var all = says == null
                ? new String[0]
                : says.replace("not ready", "not-ready").split(" ");
        scene.pod(
                "agent-0",
                calls,
                List.of(all).stream().map(say -> say.replace('-', ' ')).toArray(String[]::new));
        assertThat(scene.lookout.look().pods()).containsEntry("agent-0", new Overview.PodRow("pool:gold", is, calls));
    }

    @Test
    void poolsComeInTheOrderOfTheConfigAndPodsThatAreInNoneOfThemComeWithTheirs() {
        scene.pod("agent-0", 0);
        assertThat(scene.lookout.look().head().pools())
                .extracting(Overview.PoolRow::name)
                .startsWith("pool:gold", "pool:standard")
                .endsWith("pool:basic");
    }

    @Test
    void whileTheStoreDoesNotAnswerWhatWasLastSeenStands() {
        scene.pod("agent-0", 0);
        scene.lookout.look();
        scene.pods.clear();
        scene.storeFails = true;
        scene.later(Duration.ofSeconds(7));
        var seen = scene.lookout.look();
        assertThat(seen.head().store().answers()).isFalse();
        assertThat(seen.pods()).containsKey("agent-0");
        assertThat(seen.head().podsAt()).isEqualTo(Scene.NOON.toEpochMilli());
    }

    @Test
    void aStoreThatIsKnownToBeGoneIsNotAsked() {
        scene.storeAnswers = false;
        assertThat(scene.lookout.look().head().podsAt()).isNull();
        assertThat(scene.looks).isZero();
    }

    @Test
    void theOldestCallsComeFirstAndAllAreCounted() {
        for (int i = 0; i < Lookout.MOST_CALLS + 10; i++) {
            scene.later(Duration.ofMillis(1)).call("CA" + i, "agent-0");
        }
        var seen = scene.lookout.look();
        assertThat(seen.head().liveCalls()).isEqualTo(Lookout.MOST_CALLS + 10);
        assertThat(seen.calls()).hasSize(Lookout.MOST_CALLS).containsKey("CA0").doesNotContainKey("CA509");
        assertThat(seen.calls().get("CA0"))
                .isEqualTo(
                        new Overview.CallRow("agent-0", "pool:gold", "twilio", "acme", Scene.NOON.toEpochMilli() + 1));
    }

    @Test
    void aPodThatIsSeenToChangeHasAStoryButNotForItsCalls() {
        scene.pod("agent-0", 0);
        scene.lookout.look();
        scene.pod("agent-0", 1);
        scene.lookout.look();
        assertThat(scene.storyOf(new PodName("agent-0"))).isEmpty();
        scene.pod("agent-0", 1, "not ready");
        scene.lookout.look();
        scene.lookout.look();
        scene.pod("agent-0", 0);
        scene.lookout.look();
        assertThat(scene.storyOf(new PodName("agent-0"))).containsExactly("seen not ready", "seen available");
    }

    @Test
    void whatEndedIsToldWithHowLongItLasted() {
        scene.allocate("CA1", "agent-0");
        scene.later(Duration.ofSeconds(90));
        scene.release("CA1", "agent-0", "done");
        scene.refuse("CA2");
        assertThat(scene.lookout.look().head().ended())
                .extracting(Overview.EndedRow::took, Overview.EndedRow::how)
                .containsExactly(tuple(null, "refused: no room in pool:gold"), tuple(90_000L, "released: done"));
    }
}
