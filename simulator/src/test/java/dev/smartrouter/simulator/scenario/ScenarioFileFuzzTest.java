package dev.smartrouter.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** A text is a scenario, or it is refused in one line that names one of the file's. */
class ScenarioFileFuzzTest {
    @FuzzTest
    void isReadOrRefused(byte[] bytes) {
        var text = new String(bytes, StandardCharsets.UTF_8);
        try {
            var scenario = ScenarioFile.parse("day.yaml", text);
            assertThat(scenario.calls()).isNotEmpty();
            assertThat(scenario.settingsScaled(10)).isNotNull();
        } catch (WrongScenarioException e) {
            assertThat(e.getMessage()).matches("day\\.yaml:[0-9]+: \\P{C}+");
            var line = Integer.parseInt(e.getMessage().split(":", 3)[1]);
            assertThat(line).isBetween(1, (int) text.lines().count() + 1);
        }
    }
}
