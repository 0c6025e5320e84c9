package dev.smartrouter.simulator.router;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/** Some routers, wherever they run. */
interface RouterFleetContract {
    Surroundings around();

    /** Of two or more routers on any free ports. */
    FleetSettings settings();

    @Test
    default void oneLeadsAndWhenItIsKilledAnotherDoes() {
        try (var fleet = RouterFleet.start(settings())) {
            assertThat(fleet.replicas())
                    .extracting(RouterReplica::name)
                    .startsWith("smart-router-0", "smart-router-1")
                    .hasSize(settings().replicas());
            var first = Surroundings.leader(fleet);
            assertThat(fleet.replicas().stream().filter(RouterReplica::isLeader))
                    .containsExactly(first);
            Surroundings.awaitReady(fleet);
            await("the agents' pods")
                    .atMost(ofSeconds(30))
                    .untilAsserted(() -> assertThat(Surroundings.allocate(fleet.service(), "CA1")
                                    .orElseThrow()
                                    .body())
                            .contains("\"pod_name\":\"voice-agent-"));

            first.kill();
            assertThat(first.isAlive()).isFalse();
            var second = Surroundings.leader(fleet, first);
            assertThat(second.name()).isNotEqualTo(first.name());
            assertThat(Surroundings.get(fleet.service(), "/api/v1/calls/CA1")
                            .orElseThrow()
                            .statusCode())
                    .isEqualTo(200);

            var again = fleet.restart(first).toCompletableFuture().join();
            assertThat(again.name()).isEqualTo(first.name());
            assertThat(fleet.replicas())
                    .hasSize(settings().replicas())
                    .contains(again)
                    .doesNotContain(first);
        }
    }

    @Test
    default void theServiceAnswersWhileItsRoutersRoll() {
        try (var fleet = RouterFleet.start(settings())) {
            Surroundings.awaitReady(fleet);
            var before = fleet.replicas();
            var statuses = new ArrayList<Integer>();
            var rolled = fleet.roll().toCompletableFuture();
            while (!rolled.isDone()) {
                // not /ready: one that has just been told to stop says no, and serves
                statuses.add(Surroundings.get(fleet.service(), "/health")
                        .map(reply -> reply.statusCode())
                        .orElse(0));
            }
            assertThat(rolled).succeedsWithin(ofMillis(1));
            assertThat(statuses).hasSizeGreaterThan(5).containsOnly(200);
            assertThat(fleet.replicas())
                    .hasSize(settings().replicas())
                    .doesNotContainAnyElementsOf(before)
                    .allMatch(RouterReplica::isAlive);
            assertThat(before).noneMatch(RouterReplica::isAlive);
        }
    }

    @Test
    default void aPausedRouterGetsNobodyUntilItGoesOn() {
        try (var fleet = RouterFleet.start(settings())) {
            Surroundings.awaitReady(fleet);
            var paused = fleet.replicas().getFirst();
            paused.pause();
            assertThat(paused.isReady()).isFalse();
            await("out")
                    .atMost(ofSeconds(30))
                    .until(() -> fleet.serving() == settings().replicas() - 1);
            paused.resume();
            await("in again")
                    .atMost(ofSeconds(30))
                    .until(() ->
                            paused.isReady() && fleet.serving() == settings().replicas());
        }
    }

    @Test
    default void theOperatorsPagesHaveOnePortToo() {
        try (var fleet = RouterFleet.start(settings())) {
            assertThat(Surroundings.get(fleet.serviceAdmin(), "/metrics")
                            .orElseThrow()
                            .body())
                    .contains("smart_router_");
        }
    }

    @Test
    default void aPortInUseIsNamedWithWhatToDoAndNothingIsLeft() throws IOException {
        var processes = ProcessHandle.current().descendants().count();
        try (var taken = new ServerSocket(0);
                var free = new ServerSocket(0)) {
            free.close();
            assertThatThrownBy(() -> RouterFleet.start(settings().withPorts(free.getLocalPort(), taken.getLocalPort())))
                    .isInstanceOf(IllegalStateException.class)
                    .message()
                    .contains("port " + taken.getLocalPort(), "METRICS_PORT")
                    .doesNotContain("\n");
            assertThatThrownBy(() -> new Socket("127.0.0.1", free.getLocalPort()))
                    .hasMessageContaining("refused");
        }
        assertThat(ProcessHandle.current().descendants().count()).isEqualTo(processes);
    }
}
