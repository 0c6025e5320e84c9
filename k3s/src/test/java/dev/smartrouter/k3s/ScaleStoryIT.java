package dev.smartrouter.k3s;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** More callers are expected, and then fewer: the fleet grows from five to seven, and shrinks again. */
class ScaleStoryIT {
    @RegisterExtension
    static final Story story = new Story();

    @Test
    void nobodyIsCutOffByAFleetThatShrinks() throws InterruptedException {
        for (var replicas : List.of(7, 5)) {
            story.deeds().scaleAgents(replicas);
            story.system().awaitWhole();
            story.awaitPools(replicas);
            story.callers().awaitMore(5);
        }
        assertThat(story.system().pods("voice-agent")).hasSize(5);
        story.nobodyNoticed();
    }
}
