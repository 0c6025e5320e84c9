package dev.smartrouter.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/** What {@code make run} starts, and that what it tells people to try works. */
class SmallTownIT {
    private static final Map<String, String> ANY_PORT = Map.of("HTTP_PORT", "0", "METRICS_PORT", "0");

    @Test
    void whatTheWelcomeSaysToTryWorks() throws Exception {
        try (var town = SmallTown.start(ANY_PORT)) {
            Awaitility.await("readiness")
                    .until(() -> Shell.run("curl -s localhost:" + town.httpPort() + "/ready")
                            .contains("\"ready\""));
            var tries = town.welcome()
                    .lines()
                    .map(String::strip)
                    .filter(line -> line.startsWith("curl"))
                    .toList();
            assertThat(tries).hasSize(3);
            assertThat(Shell.run(tries.get(0)))
                    .contains("\"pod_name\":\"voice-agent-2\"", "\"source_pool\":\"merchant:acme\"");
            assertThat(Shell.run(tries.get(1))).contains("<Stream url=\"ws://localhost:8000/ws/pod/voice-agent-");
            assertThat(Shell.run(tries.get(2)))
                    .contains("\"active_calls\":2", "\"9shines\":{\"type\":\"exclusive\",\"assigned\":2");
        }
    }

    @Test
    void aFlushOfItsRedisLosesNeitherPodsNorCallsNorMerchants() throws Exception {
        try (var town = SmallTown.start(ANY_PORT)) {
            var api = "localhost:" + town.httpPort();
            var allocate = "curl -s " + api
                    + "/api/v1/allocate -H 'Content-Type: application/json' -d '{\"call_sid\":\"CA1\"}'";
            Awaitility.await("readiness")
                    .until(() -> Shell.run("curl -s " + api + "/ready").contains("\"ready\""));
            Awaitility.await("an audit")
                    .until(() -> Shell.run("curl -s localhost:" + town.metricsPort() + "/metrics")
                            .contains("smart_router_pool_assigned_pods{tier=\"acme\"} 1.0"));
            var before = Shell.run(allocate);
            try (var redis = new Jedis(town.redisUrl())) {
                Awaitility.await("two beats")
                        .pollDelay(3, TimeUnit.SECONDS)
                        .until(() -> redis.exists("voice:state:gen"));
                redis.flushAll();
            }
            Awaitility.await("the gate")
                    .atMost(10, TimeUnit.SECONDS)
                    .until(() -> Shell.run(allocate).contains("was_existing\":true"));
            assertThat(podOf(Shell.run(allocate))).isEqualTo(podOf(before));
            assertThat(Shell.run("curl -s " + api + "/api/v1/status"))
                    .contains(
                            "\"gold\":{\"type\":\"exclusive\",\"assigned\":2,\"available\":1",
                            "\"basic\":{\"type\":\"shared\",\"assigned\":1,\"available\":1");
            assertThat(Shell.run(allocate.replace("\"CA1\"", "\"CA2\",\"merchant_id\":\"9shines\"")))
                    .contains("\"source_pool\":\"merchant:9shines\"");
        }
    }

    @Test
    void aPortInUseStopsTheStartWithOneLineAndLeavesNothingBehind() throws IOException {
        try (var taken = new ServerSocket(0)) {
            var settings = Map.of("HTTP_PORT", Integer.toString(taken.getLocalPort()), "METRICS_PORT", "0");
            assertThatThrownBy(() -> SmallTown.start(settings))
                    .isInstanceOf(IllegalStateException.class)
                    .message()
                    .contains("the router cannot start")
                    .doesNotContain("\n");
            assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive))
                    .isEmpty();
        }
    }

    private static String podOf(String answer) {
        return answer.replaceAll(".*\"pod_name\":\"([^\"]+)\".*", "$1");
    }
}
