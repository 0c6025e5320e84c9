package dev.smartrouter.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Whatever a slip of the hand makes of a scenario, it is read, or refused in one line that names one of the file's. */
class WrongScenariosProperties {
    private static final Path FILE =
            Path.of("src/main/resources/dev/smartrouter/simulator/scenario/everything-at-once.yaml");
    private static final List<String> SLIPS = List.of(
            "",
            " ",
            ":",
            "-",
            "{",
            "}",
            "[",
            "]",
            ",",
            "'",
            "\"",
            "#",
            "%",
            "&a ",
            "*a",
            "!x ",
            "\t",
            "\n",
            "-1",
            "0",
            "9e99",
            "99999999999999999999",
            "null",
            "true",
            "~",
            "\u0000",
            "\u2028",
            "é",
            "<<: ",
            "? ",
            "any",
            "2m",
            "h");

    @Property(tries = 200)
    void itIsReadOrRefusedInOneLine(
            @ForAll("slips") String slip, @ForAll @IntRange(max = 4_000) int from, @ForAll @IntRange(max = 5) int cut)
            throws IOException {
        var text = Files.readString(FILE);
        var at = Math.min(from, text.length());
        var end = Math.min(at + cut, text.length());
        var wrong = text.substring(0, at) + slip + text.substring(end);
        try {
            assertThat(Schedule.of(ScenarioFile.parse("day.yaml", wrong), 1).calls())
                    .isNotNull();
        } catch (WrongScenarioException e) {
            assertThat(e.getMessage()).matches("day\\.yaml:[0-9]+: \\P{C}+");
            var line = Integer.parseInt(e.getMessage().split(":", 3)[1]);
            assertThat(line).isBetween(1, (int) wrong.lines().count() + 1);
        }
    }

    @Provide
    Arbitrary<String> slips() {
        return Arbitraries.of(SLIPS);
    }
}
