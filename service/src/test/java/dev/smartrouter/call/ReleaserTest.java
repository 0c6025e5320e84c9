package dev.smartrouter.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartrouter.CallSid;
import dev.smartrouter.PodName;
import dev.smartrouter.PoolName;
import dev.smartrouter.pool.Origin;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReleaserTest {
    private static final CallSid CALL = new CallSid("CA1");

    private final RouterFixture router = new RouterFixture();

    ReleaserTest() {
        router.pools.pod("pool:gold", "agent-0");
        router.allocator.allocate(new CallRequest(CALL, Optional.empty(), Origin.UNKNOWN, Duration.ZERO));
        router.events.lines.clear();
    }

    @Test
    void aSecondReleaseFindsNothing() {
        assertThat(router.releaser.release(CALL, "hangup"))
                .isEqualTo(new ReleaseResult.Released(new PodName("agent-0"), new PoolName("pool:gold"), false));
        assertThat(router.releaser.release(CALL, "again")).isEqualTo(new ReleaseResult.NotFound());
        assertThat(router.events.lines).containsExactly("released CA1 agent-0 hangup", "released nothing CA1 again");
    }

    @Test
    void aReleaseThatTheStoreDidNotHearIsTold() {
        router.pools.down = true;
        assertThat(router.releaser.release(CALL, "hangup")).isEqualTo(new ReleaseResult.Unavailable());
        assertThat(router.events.lines).containsExactly("release lost CA1 hangup");
    }

    @Test
    void onlyALiveCallIsConfirmed() {
        assertThat(router.releaser.confirm(CALL)).isTrue();
        assertThat(router.releaser.confirm(new CallSid("CA2"))).isFalse();
        router.pools.down = true;
        assertThat(router.releaser.confirm(CALL)).isFalse();
        assertThat(router.events.lines).containsExactly("confirmed CA1");
    }
}
