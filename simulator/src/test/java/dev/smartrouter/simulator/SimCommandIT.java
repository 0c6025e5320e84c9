package dev.smartrouter.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line of a story: its exit code is the verdict, and what is wrong is said in one line. */
class SimCommandIT {
    @TempDir
    Path folder;

    @Test
    void aStoryLeavesItsReportsAndExitsWithItsVerdict() throws Exception {
        var story = Files.writeString(folder.resolve("short.yaml"), """
                about: Ten seconds of calm.
                lasts: 10s
                agents: {replicas: 4}
                tiers:
                  gold: {type: exclusive, target: 4}
                  default_chain: [gold]
                calls:
                  - arrive: {poisson: 0.5}
                    talk: {fixed: 4s}
                """);
        assertThat(Main.run("sim", story.toString(), "--speed", "2", "--report", folder.toString()))
                .isZero();
        assertThat(folder.resolve("short-1/report.html")).content().contains("Every promise was kept");
        assertThat(folder.resolve("short-1/report.json")).content().contains("\"kept\":true");
    }

    @Test
    void whatIsWrongIsSaidInOneLine() {
        assertThat(failure("sim", "rush-our")).contains("there is no scenario 'rush-our'", "rush-hour");
        assertThat(failure("sim", "nowhere.yaml")).contains("there is no file nowhere.yaml");
        assertThat(failure("sim", "quiet-day", "--speed", "0")).contains("speed must be from 1 to 100");
        assertThat(failure("break", "kill-pod", "--desk", "1")).contains("nothing runs that could be broken");
    }

    @Test
    void aWrongSeedIsAWrongUse() {
        assertThat(Main.run("sim", "quiet-day", "--seed", "seven")).isEqualTo(2);
    }

    private static String failure(String... args) {
        var kept = System.err;
        var said = new ByteArrayOutputStream();
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            assertThat(Main.run(args)).isEqualTo(Main.CANNOT);
        } finally {
            System.setErr(kept);
        }
        assertThat(said.toString(StandardCharsets.UTF_8).strip().lines()).hasSize(1);
        return said.toString(StandardCharsets.UTF_8);
    }
}
