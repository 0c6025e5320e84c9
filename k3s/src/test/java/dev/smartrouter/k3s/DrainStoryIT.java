package dev.smartrouter.k3s;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An operator drains a pod by the API: its call goes on, and no other one comes to it. */
class DrainStoryIT {
    @RegisterExtension
    static final Story story = new Story();

    @Test
    void theCallGoesOnAndNoOtherComes() throws InterruptedException {
        var pod = story.callers().podOfALongCall();
        story.ledger().drained(pod);
        assertThat(story.system().api("/api/v1/drain", "{\"pod_name\":\"" + pod + "\"}"))
                .contains("\"success\":true");
        var given = story.callers().givenTo(pod);
        story.callers().awaitMore(12);
        assertThat(story.callers().givenTo(pod)).isEqualTo(given);
        assertThat(story.system().api("/api/v1/pod/" + pod)).contains("\"draining\":true");

        assertThat(story.system().api("/api/v1/undrain", "{\"pod_name\":\"" + pod + "\"}"))
                .contains("\"success\":true");
        story.ledger().undrained(pod);
        story.nobodyNoticed();
    }
}
