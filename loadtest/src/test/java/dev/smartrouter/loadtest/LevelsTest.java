package dev.smartrouter.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LevelsTest {
    private final AtomicLong clock = new AtomicLong();
    private final Levels levels = new Levels(Duration.ofSeconds(1), 100, clock::get);

    private void level(int waited, boolean connected) {
        for (var i = 0; i < 50; i++) levels.answered(levels.current(), waited, connected);
        clock.addAndGet(Duration.ofSeconds(1).toNanos());
    }

    @Test
    void theKneeIsTheLastGoodLevelBeforeTheFirstThatIsNot() {
        level(5, true);
        level(100, true);
        level(101, true);
        level(5, true);
        assertThat(levels.knee()).isEqualTo(2);
        assertThat(levels.table(10)).contains("    20 calls a second: p99   100 ms, 0 of 50 without a pod");
    }

    @Test
    void whoIsRefusedQuicklyCountsToo() {
        level(5, true);
        level(5, false);
        assertThat(levels.knee()).isEqualTo(1);
    }

    @Test
    void itGoesOnUntilTwoLevelsInARowWereTooHigh() {
        level(500, true);
        level(5, true);
        level(500, true);
        assertThat(levels.goOn()).isTrue();
        level(5, false);
        assertThat(levels.goOn()).isFalse();
    }
}
