package dev.smartrouter.scenario;

import static org.assertj.core.api.Assertions.fail;

import dev.smartrouter.history.Judge;
import dev.smartrouter.history.Outcome;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Several routers, each a process of its own, answer as one router would that does one thing at a time. {@code
 * -Dproof.operations=5000000} records more histories; {@code -Dhistory.seed=42} begins with that one.
 */
class HistoryPropertiesIT {
    private static final int ROUTERS = 3;
    private static final int OPERATIONS = 150;
    private static final long HISTORIES = Long.getLong("proof.operations", 100_000) / 500;

    @Test
    void whatClientsOfSeveralRoutersSeeHasAnOrder() {
        long seed = Long.getLong("history.seed", new Random().nextInt(1_000_000_000));
        var judge = new Judge(HistoryTown.PODS);
        var recorded = Duration.ZERO;
        var judged = Duration.ZERO;
        var unknown = 0L;
        try (var town = HistoryTown.found(ROUTERS)) {
            for (var i = 0; i < HISTORIES; i++, seed++) {
                var start = System.nanoTime();
                var history = town.record(seed, OPERATIONS);
                var done = System.nanoTime();
                var finding = judge.judge(history);
                if (finding.isPresent()) fail("with -Dhistory.seed=" + seed + ": " + finding.get());
                recorded = recorded.plusNanos(done - start);
                judged = judged.plusNanos(System.nanoTime() - done);
                unknown += history.operations().stream()
                        .filter(operation -> operation.outcome().equals(Outcome.UNKNOWN))
                        .count();
                town.tidy(history);
                town.assertWhole();
            }
        }
        System.out.println(
                "histories: %d of %d operations, %d with an unknown outcome; recorded in %d ms, judged in %d ms"
                        .formatted(HISTORIES, OPERATIONS, unknown, recorded.toMillis(), judged.toMillis()));
    }
}
