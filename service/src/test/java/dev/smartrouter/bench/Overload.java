package dev.smartrouter.bench;

import dev.smartrouter.pool.SlowRedis;
import java.time.Duration;
import org.awaitility.Awaitility;

/** Three times as many calls as can be served. Redis naps, so that two cores can offer that many. */
final class Overload {
    private static final Duration NAP = Duration.ofMillis(10);
    private static final int PODS = 4_000;
    private static final int KNEE_CONNECTIONS = 192;
    private static final int CONNECTIONS = 1_000;
    private static final double TIMES = 3;

    private double knee;
    private Sample over;
    private Sample before;
    private Sample after;
    private long lost;

    void run(Duration howLong) {
        try (var stage = new Stage(PODS)) {
            var slow = new SlowRedis(stage.redis, NAP);
            try (var callers = stage.callers(Route.json("/api/v1"), KNEE_CONNECTIONS)) {
                callers.atFullSpeed(howLong);
                var full = callers.atFullSpeed(howLong);
                knee = full.allocatedPerSecond();
            }
            try (var callers = stage.callers(Route.json("/api/v1"), CONNECTIONS)) {
                before = callers.atRate(knee / 2, howLong);
                over = callers.atRate(TIMES * knee, howLong.multipliedBy(2));
                callers.atRate(knee / 2, Duration.ofSeconds(1));
                after = callers.atRate(knee / 2, howLong);
            } finally {
                slow.close();
            }
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> stage.live() == 0);
            lost = stage.lost();
        }
    }

    String table() {
        return """
                | | |
                |---|---|
                | the knee: calls a second at full speed on %d connections | %,.0f |
                | offered, calls a second | %,.0f |
                | served, calls a second | %,.0f |
                | goodput, of the knee (wanted: 0.9) | %.2f |
                | refused with 503, calls a second | %,.0f |
                | 503s within, p50 and p99 (wanted: 50 ms) | %.1f, %.1f ms |
                | pods given within, p50 and p99 | %.0f, %.0f ms |
                | neither 200 nor 503 | %d |
                | at half the knee before: p50, p99 | %.0f, %.0f ms |
                | the same, from a second after on | %.0f, %.0f ms |
                | calls or pods lost | %d |
                """.formatted(
                        KNEE_CONNECTIONS,
                        knee,
                        TIMES * knee,
                        over.allocatedPerSecond(),
                        over.allocatedPerSecond() / knee,
                        over.refusedPerSecond(),
                        over.refused(.5),
                        over.refused(.99),
                        over.allocated(.5),
                        over.allocated(.99),
                        over.faults(),
                        before.allocated(.5),
                        before.allocated(.99),
                        after.allocated(.5),
                        after.allocated(.99),
                        lost);
    }
}
