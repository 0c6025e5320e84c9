package dev.smartrouter.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.smartrouter.simulator.provider.CallPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every scenario that is shipped can be played. */
class ShippedScenariosTest {
    private static final Path FOLDER = Path.of("src/main/resources/dev/smartrouter/simulator/scenario");
    private static final Duration SHORT = Duration.ofMinutes(5);

    @Test
    void everyFileIsNamedAndEveryNameHasAFile() throws IOException {
        try (var files = Files.list(FOLDER)) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith(".yaml"))
                            .map(name -> name.replace(".yaml", "")))
                    .containsExactlyInAnyOrderElementsOf(ScenarioFile.names());
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void itSaysWhatDayItIs(String name) throws IOException {
        assertThat(Files.readString(FOLDER.resolve(name + ".yaml"))).startsWith("# ");
        var scenario = ScenarioFile.shipped(name);
        assertThat(scenario.name()).isEqualTo(name);
        assertThat(scenario.about()).endsWith(".");
    }

    @ParameterizedTest
    @MethodSource("names")
    void itIsAWholeSchedule(String name) {
        var scenario = ScenarioFile.shipped(name);
        var schedule = Schedule.of(scenario, 7);
        assertThat(schedule.calls()).hasSizeGreaterThan(30);
        assertThat(schedule.calls().stream().map(CallPlan::sid).distinct()).hasSameSizeAs(schedule.calls());
        assertThat(schedule.calls().stream().map(CallPlan::telephony).distinct())
                .hasSize(3);
        assertThat(schedule.happenings().size())
                .isGreaterThanOrEqualTo(scenario.events().size());
    }

    /** Two cores carry 15 new calls a second and 40 at a time with ease; more would measure the machine. */
    @ParameterizedTest
    @MethodSource("briefNames")
    void itFitsASmallMachineAtFifteenTimesTheSpeed(String name) {
        var scenario = ScenarioFile.shipped(name);
        assertThat(scenario.lasts()).isLessThanOrEqualTo(SHORT);
        for (var seed = 0; seed < 20; seed++) {
            var calls = Schedule.of(scenario, seed).scaled(15).calls();
            var seconds = scenario.lasts().toMillis() / 15_000.0;
            assertThat(calls.size() / seconds).as("calls a second").isBetween(2.5, 15.0);
            assertThat(mostAtATime(calls)).as("calls at a time").isLessThanOrEqualTo(50);
        }
    }

    @Test
    void theLongDayIsTheLaptopsAlone() {
        assertThat(ScenarioFile.shipped("laptop").lasts()).isEqualTo(Duration.ofHours(24));
        assertThat(briefNames()).hasSize(ScenarioFile.names().size() - 1);
    }

    @Test
    void aWrongNameIsToldWhichThereAre() {
        assertThatThrownBy(() -> ScenarioFile.find("rush-hours"))
                .isInstanceOf(WrongScenarioException.class)
                .hasMessage("there is no scenario 'rush-hours'; did you mean 'rush-hour'? (shipped are "
                        + ScenarioFile.names().stream().collect(Collectors.joining(", "))
                        + "; a file's path ends in .yaml)");
        assertThatThrownBy(() -> ScenarioFile.find("/nowhere/mine.yaml"))
                .isInstanceOf(WrongScenarioException.class)
                .hasMessageStartingWith("there is no file /nowhere/mine.yaml; shipped are quiet-day, ");
    }

    private static long mostAtATime(List<CallPlan> calls) {
        return calls.stream()
                .mapToLong(one -> calls.stream()
                        .filter(other -> other.fate() == CallPlan.Fate.TALKS)
                        .filter(other -> other.at().compareTo(one.at()) <= 0)
                        .filter(other -> other.at().plus(other.talks()).compareTo(one.at()) > 0)
                        .count())
                .max()
                .orElse(0);
    }

    static List<String> names() {
        return ScenarioFile.names();
    }

    static List<String> briefNames() {
        return names().stream().filter(name -> !name.equals("laptop")).toList();
    }
}
