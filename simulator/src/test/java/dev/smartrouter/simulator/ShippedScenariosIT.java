package dev.smartrouter.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartrouter.simulator.scenario.ScenarioFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every day that ships, told in seconds: no promise is broken on any. */
@Execution(ExecutionMode.CONCURRENT)
class ShippedScenariosIT {
    private static final double SPEED = 15;

    /** All but the laptop's, which never ends by itself. */
    static Stream<String> days() {
        return ScenarioFile.names().stream().filter(name -> !name.equals("laptop"));
    }

    @ParameterizedTest
    @MethodSource("days")
    @Execution(ExecutionMode.CONCURRENT)
    void everyPromiseIsKept(String day) throws InterruptedException {
        var verdict = Told.verdict(ScenarioFile.shipped(day), 1, SPEED);
        assertThat(verdict.broken()).as(verdict.words()).isEmpty();
        assertThat(verdict.figures().answered()).isGreaterThan(20);
    }
}
