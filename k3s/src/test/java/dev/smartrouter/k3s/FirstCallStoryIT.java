package dev.smartrouter.k3s;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A call comes in, and is talked to by the very pod that it was given, which alone says that it has it. */
class FirstCallStoryIT {
    @RegisterExtension
    static final Story story = new Story();

    @Test
    void theCallIsOnThePodThatItWasGiven() throws InterruptedException {
        var call = story.callers().longCall();
        assertThat(story.podsThatHave(call)).containsExactly(story.callers().podOf(call));
        story.nobodyNoticed();
    }
}
