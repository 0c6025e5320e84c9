package dev.smartrouter.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What {@code make run} starts: people are called, what the welcome says to try works, and it can be broken. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DayIT {
    private static final Duration SOON = Duration.ofSeconds(30);

    private Day day;

    @BeforeAll
    void begin() {
        day = Day.begin(RunCommand.Ports.FREE, 1);
    }

    @AfterAll
    void end() {
        day.close();
    }

    @Test
    void whatTheWelcomeSaysToTryWorks() throws Exception {
        var tries = day.welcome()
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith("curl"))
                .toList();
        assertThat(tries).hasSize(3);
        assertThat(Shell.run(tries.get(0))).contains("\"status\":\"up\"", "\"9shines\":{\"type\":\"exclusive\"");
        assertThat(Shell.run(tries.get(1))).contains("\"pod_name\":\"voice-agent-");
        assertThat(Shell.run(tries.get(2)))
                .contains("<Stream url=\"" + day.world().agents().gateway() + "/ws/pod/voice-agent-");
        Shell.run("curl -s " + day.world().routers().service()
                + "/api/v1/release -H 'Content-Type: application/json' -d '{\"call_sid\":\"CA1\"}'");
    }

    @Test
    void peopleAreCalledAndHearTheirAgents() {
        await("a call that talked")
                .atMost(SOON)
                .until(() -> day.world().judge().soFar().figures().answered() > 0);
        assertThat(day.world().judge().soFar().broken()).isEmpty();
    }

    @Test
    void everythingThatTheWelcomeOffersToBreakCanBeBroken() throws Exception {
        for (var what : new String[] {"drain", "kill-pod", "flush-redis", "freeze-redis lasts=300ms", "kill-leader"}) {
            assertThat(run("break " + what)).as(what).isZero();
        }
        await("whole again").atMost(SOON).until(() -> day.world().operator().assignedPods() == 7);
        assertThat(day.soFarBroken()).isEmpty();
    }

    @Test
    void whatCannotBeBrokenIsRefusedWithWhatCan() throws Exception {
        assertThat(run("break the-bank")).isEqualTo(Main.CANNOT);
        assertThat(run("break kill-pod pod=99")).isEqualTo(Main.CANNOT);
        assertThat(run("break kill-pod lasts=3s")).isEqualTo(Main.CANNOT);
        assertThat(Shell.run("curl -s -X POST '" + day.desk() + "/break?what=kil-pod'"))
                .contains("there is nothing called 'kil-pod'", "kill-pod");
    }

    @Test
    void aPortInUseStopsTheStartWithOneLineAndLeavesNothingBehind() throws Exception {
        try (var taken = new ServerSocket(0)) {
            var before = ProcessHandle.current().descendants().count();
            var port = Integer.toString(taken.getLocalPort());
            for (var option : new String[] {"--http", "--metrics", "--gateway"}) {
                assertThat(Main.run(
                                "run", "--http", "0", "--metrics", "0", "--gateway", "0", "--desk", "0", option, port))
                        .as(option)
                        .isNotZero();
            }
            assertThat(ProcessHandle.current().descendants().count()).isEqualTo(before);
        }
    }

    private int run(String command) {
        return Main.run((command + " --desk " + day.desk().getPort()).split(" "));
    }
}
