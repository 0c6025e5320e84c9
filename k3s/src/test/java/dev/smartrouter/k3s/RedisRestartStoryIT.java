package dev.smartrouter.k3s;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Redis is started anew and remembers nothing: the routers ask the agents which calls they have. */
class RedisRestartStoryIT {
    /**
     * A router that another story stopped just now took with it what it knew of calls that had ended. Those that live find
     * out by themselves within 10 s; before that, they would bring such calls back (docs/correctness.md).
     */
    private static final int EVERY_ROUTER_LOOKED = 12;

    @RegisterExtension
    static final Story story = new Story();

    @Test
    void whoTalksGoesOnTalkingAndIsLeftAlone() throws InterruptedException {
        story.callers().repeatNothing();
        story.callers().podOfALongCall();
        TimeUnit.SECONDS.sleep(EVERY_ROUTER_LOOKED);
        story.deeds().restart("redis");
        story.system().awaitWhole();
        story.awaitPools(5);
        story.callers().awaitMore(5);
        story.everyPromiseWasKept();
        assertThat(story.callers().cutShort()).as("calls that ended early").isEmpty();
    }
}
