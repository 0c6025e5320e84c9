package dev.smartrouter.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartrouter.PodName;
import dev.smartrouter.pool.Upkeep.Seen;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A look at all pods, page by page, in a real Redis. */
class RedisPanoramaIT {
    @Test
    void everyPodIsSeenOnceAsItIs() {
        try (var store = new RedisFixture()) {
            store.opened();
            for (int i = 0; i < 300; i++) store.pod("agent-" + i, i % 3 == 0 ? StoreFixture.BASIC : StoreFixture.GOLD);
            store.pools().drain(new PodName("agent-7"), Duration.ofMinutes(1));
            var panorama = store.panorama();
            var seen = panorama.turn().orElseThrow();
            assertThat(seen).hasSize(300);
            assertThat(seen.stream().filter(Seen::draining).map(Seen::pod)).containsExactly(new PodName("agent-7"));
            assertThat(seen).allMatch(Seen::ready);
            assertThat(seen.stream().filter(pod -> pod.pool().equals(StoreFixture.BASIC)))
                    .hasSize(100);
            assertThat(panorama.turn().orElseThrow()).hasSize(300);
        }
    }
}
