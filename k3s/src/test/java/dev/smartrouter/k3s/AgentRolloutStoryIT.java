package dev.smartrouter.k3s;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A new release of the voice agent: each pod is replaced once its last call has ended. */
class AgentRolloutStoryIT {
    @RegisterExtension
    static final Story story = new Story();

    @Test
    void everyAgentIsReplacedAndNoCallIsCut() throws InterruptedException {
        for (int round = 0; round < Story.ROUNDS; round++) {
            var before = lives();
            story.deeds().restartAgents();
            story.system().awaitWhole();
            assertThat(lives()).hasSize(5).doesNotContainAnyElementsOf(before);
        }
        story.nobodyNoticed();
    }

    private static Set<String> lives() {
        return story.system().pods("voice-agent").stream()
                .map((Pod pod) -> pod.getMetadata().getUid())
                .collect(Collectors.toSet());
    }
}
