package dev.smartrouter.bench;

import dev.smartrouter.pool.SlowRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** Three times as many calls as can be served. Redis naps, so that two cores can offer that many. */
final class Overload {
    private static final Duration NAP = Duration.ofMillis(15);
    private static final int PODS = 4_000;
    private static final int KNEE_CONNECTIONS = 192;
    private static final int CONNECTIONS = 1_000;
    private static final double TIMES = 3;
    private static final Route ROUTE = Route.json("/api/v1");

    private final List<Round> rounds = new ArrayList<>();
    private long lost;

    /** @param before at half the knee, {@code over} at three times it, {@code after} at half of it again */
    private record Round(double knee, Sample before, Sample over, Sample after) {
        double goodput() {
            return over.allocatedPerSecond() / knee;
        }
    }

    /** One round more than these comes first and does not count: nothing was refused before it. */
    void run(int howMany, Duration howLong) {
        try (var stage = new Stage(PODS)) {
            stage.warmUp(ROUTE);
            try (var many = stage.callers(ROUTE, CONNECTIONS)) {
                round(stage, many, howLong);
                for (int i = 0; i < howMany; i++) rounds.add(round(stage, many, howLong));
            }
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> stage.live() == 0);
            lost = stage.lost();
        }
    }

    private static Round round(Stage stage, Callers many, Duration howLong) {
        try (var slow = new SlowRedis(stage.redis, NAP);
                var few = stage.callers(ROUTE, KNEE_CONNECTIONS)) {
            few.atFullSpeed(howLong);
            var knee = few.atFullSpeed(howLong).allocatedPerSecond();
            var before = many.atRate(knee / 2, howLong);
            var over = many.atRate(TIMES * knee, howLong.multipliedBy(2));
            many.atRate(knee / 2, Duration.ofSeconds(1));
            return new Round(knee, before, over, many.atRate(knee / 2, howLong));
        }
    }

    private double median(ToDoubleFunction<Round> figure) {
        var sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private String each(ToDoubleFunction<Round> figure, String format) {
        return rounds.stream()
                .map(round -> format.formatted(figure.applyAsDouble(round)))
                .collect(Collectors.joining(", "));
    }

    String table() {
        return """
                | | |
                |---|---|
                | the knee: calls a second at full speed on %d connections | %,.0f |
                | offered, calls a second | %,.0f |
                | served, calls a second | %,.0f |
                | goodput, of the knee (wanted: 0.9) | %.2f (rounds: %s) |
                | refused with 503, calls a second | %,.0f |
                | 503s within, p50 | %.1f ms |
                | 503s within, p99 (wanted: 50 ms) | %.1f ms (rounds: %s) |
                | pods given within, p50 and p99 | %.0f, %.0f ms |
                | neither 200 nor 503 | %d |
                | at half the knee before: p50, p99 | %.0f, %.0f ms |
                | the same, from a second after on | %.0f, %.0f ms |
                | calls or pods lost | %d |
                """.formatted(
                        KNEE_CONNECTIONS,
                        median(Round::knee),
                        TIMES * median(Round::knee),
                        median(round -> round.over.allocatedPerSecond()),
                        median(Round::goodput),
                        each(Round::goodput, "%.2f"),
                        median(round -> round.over.refusedPerSecond()),
                        median(round -> round.over.refused(.5)),
                        median(round -> round.over.refused(.99)),
                        each(round -> round.over.refused(.99), "%.0f"),
                        median(round -> round.over.allocated(.5)),
                        median(round -> round.over.allocated(.99)),
                        rounds.stream().mapToInt(round -> round.over.faults()).sum(),
                        median(round -> round.before.allocated(.5)),
                        median(round -> round.before.allocated(.99)),
                        median(round -> round.after.allocated(.5)),
                        median(round -> round.after.allocated(.99)),
                        lost);
    }
}
