package dev.smartrouter.k3s;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Redis is started anew and remembers nothing: the routers ask the agents which calls they have. */
class RedisRestartStoryIT {
    @RegisterExtension
    static final Story story = new Story();

    @Test
    void whoTalksGoesOnTalkingAndIsLeftAlone() throws InterruptedException {
        story.callers().repeatNothing();
        story.callers().podOfALongCall();
        story.deeds().restart("redis");
        story.system().awaitWhole();
        story.awaitPools(5);
        story.callers().awaitMore(5);
        story.everyPromiseWasKept();
        assertThat(story.callers().cutShort()).as("calls that ended early").isEmpty();
    }
}
