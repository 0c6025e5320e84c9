package dev.smartrouter.k3s;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A new release of the router, under webhooks. */
class RouterRolloutStoryIT {
    @RegisterExtension
    static final Story story = new Story();

    @Test
    void everyRouterIsReplacedAndNoWebhookFails() throws InterruptedException {
        for (int round = 0; round < Story.ROUNDS; round++) {
            var before = story.system().leader().orElse("none");
            story.deeds().restart("smart-router");
            story.system().awaitWhole();
            story.awaitLeaderOtherThan(before);
        }
        assertThat(story.system().pods("smart-router")).hasSize(3);
        story.nobodyNoticed();
    }
}
