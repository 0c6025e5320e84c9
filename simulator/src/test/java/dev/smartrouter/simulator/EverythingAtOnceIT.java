package dev.smartrouter.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartrouter.simulator.scenario.ScenarioFile;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The worst day, as twenty seeds have it; {@code -Dsim.seeds=200} tells more. */
@Execution(ExecutionMode.CONCURRENT)
class EverythingAtOnceIT {
    private static final double SPEED = 20;
    private static final long SEEDS = Long.getLong("sim.seeds", 20);

    private static final LongAdder answered = new LongAdder();

    static LongStream seeds() {
        return LongStream.rangeClosed(1, SEEDS);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    @Execution(ExecutionMode.CONCURRENT)
    void everyPromiseIsKept(long seed) throws InterruptedException {
        var verdict = Told.verdict(ScenarioFile.shipped("everything-at-once"), seed, SPEED);
        assertThat(verdict.broken()).as(verdict.words()).isEmpty();
        assertThat(verdict.figures().answered()).isGreaterThan(20);
        answered.add(verdict.figures().answered());
    }

    @AfterAll
    static void tell() {
        System.out.println("days: " + SEEDS + ", calls answered: " + answered);
    }
}
