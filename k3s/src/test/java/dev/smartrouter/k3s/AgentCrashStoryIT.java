package dev.smartrouter.k3s;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A voice agent dies under its call, and its container is started again. */
class AgentCrashStoryIT {
    @RegisterExtension
    static final Story story = new Story();

    @Test
    void onlyItsOwnCallersNotice() throws InterruptedException {
        var pod = story.callers().podOfALongCall();
        story.crash(pod);
        story.system().awaitWhole();
        story.awaitPools(5);
        story.onlyCallersNoticedOn(Set.of(pod));
    }
}
