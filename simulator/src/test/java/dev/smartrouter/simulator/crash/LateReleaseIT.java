package dev.smartrouter.simulator.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartrouter.call.ReleaseResult;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A call ends a moment after it began, at a router that knows nothing of it yet and loses Redis just then. */
class LateReleaseIT {
    /** Within the time that a reply may take. */
    private static final Duration SLOW = Duration.ofMillis(200);

    @Test
    void aReleaseSaidAgainOverASlowerConnectionStillEndsTheCall() {
        try (var lab = new Lab()) {
            lab.calls("CA-1");
            lab.awaitPast("CA-1");
            lab.proxy.refuse();
            lab.proxy.cut();
            assertThat(lab.router.release("CA-1")).isInstanceOf(ReleaseResult.Unavailable.class);
            lab.proxy.delay(Duration.ZERO, SLOW); // so much less does the router know what time it is at Redis
            lab.proxy.admit();
            Awaitility.await("heard").atMost(Duration.ofSeconds(10)).until(() -> {
                lab.router.mend();
                return lab.router.hasNothingUnheard();
            });
            lab.assertWhole();
        }
    }
}
