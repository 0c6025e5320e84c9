package dev.smartrouter.k3s;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The leading router is gone without a word: another one leads when its lease has run out. */
class LeaderKilledStoryIT {
    @RegisterExtension
    static final Story story = new Story();

    @Test
    void anotherOneLeadsAndNoCallerNotices() throws InterruptedException {
        var before = story.system().leader().orElseThrow();
        story.deeds().kill(before);
        story.deeds().remove(before);
        story.awaitLeaderOtherThan(before);
        story.system().awaitWhole();
        assertThat(story.system().pods("smart-router")).hasSize(3);
        story.nobodyNoticed();
    }
}
