package dev.smartrouter.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class BroadcastTest {
    private final Scene scene = new Scene();
    private final Broadcast broadcast = new Broadcast(scene.lookout, scene.figures, () -> {});

    @Test
    void nobodyLooksWhileNobodyWatchesAndOnceForAllWhoDo() throws Exception {
        broadcast.tick();
        assertThat(scene.looks).isZero();
        try (var one = broadcast.enter().orElseThrow();
                var other = broadcast.enter().orElseThrow()) {
            broadcast.tick();
            assertThat(scene.looks).isOne();
            assertThat(next(one)).isEqualTo(next(other));
        }
        broadcast.tick();
        assertThat(scene.looks).isOne();
    }

    @Test
    void whoComesSeesAllAndThenWhatChanges() throws Exception {
        scene.pod("agent-0", 0).pod("agent-1", 0);
        scene.call("CA1", "agent-1");
        try (var watcher = broadcast.enter().orElseThrow()) {
            broadcast.tick();
            var first = next(watcher);
            assertThat(first.path("whole").asBoolean()).isTrue();
            assertThat(first.path("pods").size()).isEqualTo(2);
            assertThat(first.at("/pods/agent-0/is").asText()).isEqualTo("available");
            assertThat(first.at("/calls/CA1/pod").asText()).isEqualTo("agent-1");
            assertThat(first.at("/head/draining_seconds").asLong()).isEqualTo(360);

            scene.pods.remove("agent-1");
            scene.live.clear();
            scene.pod("agent-2", 1);
            scene.later(Duration.ofSeconds(1));
            broadcast.tick();
            var second = next(watcher);
            assertThat(second.path("whole").asBoolean()).isFalse();
            assertThat(second.path("pods").fieldNames()).toIterable().containsExactly("agent-2");
            assertThat(second.path("pods_gone")).hasSize(1);
            assertThat(second.at("/pods_gone/0").asText()).isEqualTo("agent-1");
            assertThat(second.at("/calls_gone/0").asText()).isEqualTo("CA1");
            assertThat(second.path("points")).hasSize(1);

            scene.later(Duration.ofSeconds(1));
            broadcast.tick();
            scene.later(Duration.ofSeconds(1));
            broadcast.tick(); // one was missed
            assertThat(next(watcher).path("whole").asBoolean()).isTrue();
        }
    }

    @Test
    void onlySoManyMayWatchAndASeatThatIsLeftIsFreeAgain() {
        var all = new ArrayList<Broadcast.Watcher>();
        for (int i = 0; i < Broadcast.MOST_WATCHERS; i++)
            all.add(broadcast.enter().orElseThrow());
        assertThat(broadcast.enter()).isEmpty();
        all.getFirst().close();
        all.getFirst().close(); // no two seats for one
        assertThat(broadcast.enter()).isPresent();
        assertThat(broadcast.enter()).isEmpty();
    }

    @Test
    void atTheEndNobodyWaits() throws Exception {
        try (var watcher = broadcast.enter().orElseThrow()) {
            broadcast.end();
            assertThat(watcher.next(Duration.ofDays(1))).isEmpty();
            assertThat(watcher.isOver()).isTrue();
        }
    }

    private static JsonNode next(Broadcast.Watcher watcher) throws Exception {
        return new ObjectMapper().readTree(watcher.next(Duration.ZERO).orElseThrow());
    }
}
