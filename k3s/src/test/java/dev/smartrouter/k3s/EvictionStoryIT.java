package dev.smartrouter.k3s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A node wants to be rid of a voice agent: it asks politely, or it fails the pod. */
class EvictionStoryIT {
    @RegisterExtension
    static final Story story = new Story();

    @Test
    void anEvictedAgentFinishesItsCall() throws InterruptedException {
        var pod = story.callers().podOfALongCall();
        var before = story.uid(pod);
        story.deeds().evict(pod);
        awaitAnother(pod, before);
        story.nobodyNoticed();
    }

    @Test
    void aFailedAgentGivesItsPlaceToAnother() throws InterruptedException {
        var pod = story.callers().podOfALongCall();
        var before = story.uid(pod);
        story.deeds().fail(pod);
        awaitAnother(pod, before);
        story.onlyCallersNoticedOn(Set.of(pod));
    }

    private static void awaitAnother(String pod, String before) {
        await("another " + pod)
                .atMost(Duration.ofMinutes(2))
                .until(() -> !story.uid(pod).isEmpty() && !story.uid(pod).equals(before));
        story.system().awaitWhole();
        story.awaitPools(5);
        assertThat(story.uid(pod)).isNotEqualTo(before);
    }
}
