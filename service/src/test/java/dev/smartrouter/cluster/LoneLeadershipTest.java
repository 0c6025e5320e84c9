package dev.smartrouter.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartrouter.pool.Leadership;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoneLeadershipTest {
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final TokenDispenser store = new TokenDispenser();
    private final ScheduledExecutorService unused = Executors.newSingleThreadScheduledExecutor();
    private final LoneLeadership leadership =
            new LoneLeadership("router-1", store, nanos::get, () -> Instant.EPOCH, Duration.ofMillis(500), unused);
    private final List<String> heard = new ArrayList<>();

    LoneLeadershipTest() {
        leadership.listen(new TermListener() {
            @Override
            public void onGained(long token) {
                heard.add("gained");
            }

            @Override
            public void onLost() {
                heard.add("lost");
            }
        });
    }

    @AfterEach
    void close() {
        unused.shutdownNow();
    }

    @Test
    void itLeadsOnceTheStoreGivesAToken() {
        store.down(true);
        leadership.tick();
        assertThat(leadership.leads()).isFalse();
        assertThat(leadership.leader()).isEmpty();

        store.down(false);
        leadership.tick();
        assertThat(leadership.leads()).isTrue();
        assertThat(leadership.token()).hasValue(1_001);
        assertThat(leadership.leader()).contains("router-1");
        assertThat(leadership.since()).contains(Instant.EPOCH);
    }

    @Test
    void itKeepsItsTokenForGood() {
        leadership.tick();
        nanos.addAndGet(Duration.ofDays(3_650).toNanos());
        leadership.tick();
        assertThat(leadership.token()).hasValue(1_001);
        assertThat(leadership.count()).isEqualTo(1);
    }

    @Test
    void aTokenThatWasOutrankedIsReplaced() {
        leadership.tick();
        leadership.fenced(1_001);
        assertThat(leadership.leads()).isFalse();
        assertThat(leadership.token()).isEqualTo(Leadership.BETWEEN_TERMS);
        leadership.tick();
        assertThat(leadership.token()).hasValue(1_002);
        assertThat(heard).containsExactly("gained", "lost", "gained");
    }

    @Test
    void whenItStopsItLeadsNoMore() {
        leadership.tick();
        leadership.stop();
        leadership.tick();
        assertThat(leadership.leads()).isFalse();
        assertThat(heard).containsExactly("gained", "lost");
    }

    @Test
    void aListenerThatThrowsStopsNobody() {
        leadership.listen(new TermListener() {
            @Override
            public void onGained(long token) {
                throw new IllegalStateException("clumsy");
            }

            @Override
            public void onLost() {
                throw new IllegalStateException("clumsy");
            }
        });
        leadership.tick();
        assertThat(leadership.leads()).isTrue();
        leadership.stop();
        assertThat(heard).containsExactly("gained", "lost");
    }
}
