package dev.smartrouter.scenario;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.smartrouter.cluster.AgentPods;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Whole routers, with Redis and over HTTP, whose pools follow whatever speaks for a cluster. */
public interface RouterInClusterContract {
    /** From an event in the cluster to its effect on calls. */
    Duration SOON = ofSeconds(5);

    String TIERS = """
            {"tiers":{"gold":{"type":"exclusive","target":3}},"default_chain":["gold"]}""";

    /** Pods in {@link #namespace()}. */
    AgentPods agents();

    /** It exists, and nothing is in it. */
    String namespace();

    /** Of an account that may do what a router needs there. */
    Path kubeconfig();

    @Test
    default void podsThatAreReadyServeCalls() {
        var agents = agents().create("agent-0").ready("agent-0", true).create("agent-1");
        try (var town = town().routers(1)) {
            var caller = town.caller();
            is(caller, "agent-0", "available");
            is(caller, "agent-1", "unavailable");
            assertThat(caller.allocate("CA1").took("pool:gold").pod()).isEqualTo("agent-0");
            caller.allocate("CA2").findsNoPodIn("pool:gold");

            agents.ready("agent-1", true).create("agent-2").ready("agent-2", true);
            is(caller, "agent-1", "available");
            is(caller, "agent-2", "available");
            assertThat(caller.allocate("CA2").took("pool:gold").pod()).isNotEqualTo("agent-0");
            caller.release("CA1").is(200);
            is(caller, "agent-0", "available");
        }
    }

    @Test
    default void aReadinessThatFlapsInACallChangesNothing() {
        var agents = agents().create("agent-0").ready("agent-0", true);
        try (var town = town().routers(1)) {
            var caller = town.caller();
            is(caller, "agent-0", "available");
            caller.allocate("CA1").took("pool:gold");
            for (var i = 0; i < 50; i++) {
                agents.ready("agent-0", false).ready("agent-0", true);
                if (i % 10 == 0) caller.allocate("CA-other").findsNoPodIn("pool:gold");
            }
            assertThat(caller.call("CA1").is(200).pod()).isEqualTo("agent-0");
            caller.release("CA1").is(200);
            is(caller, "agent-0", "available");
        }
    }

    @Test
    default void aPodThatIsDeletedInACallDrainsAtOnceAndEndsItWithItself() {
        var agents = agents().createGraceful("agent-0").ready("agent-0", true);
        try (var town = town().routers(1)) {
            var caller = town.caller();
            is(caller, "agent-0", "available");
            caller.allocate("CA1").took("pool:gold");

            agents.delete("agent-0");
            is(caller, "agent-0", "draining");
            caller.call("CA1").is(200);
            caller.allocate("CA2").findsNoPodIn("pool:gold");

            agents.finish("agent-0");
            await("gone").atMost(SOON).until(() -> caller.pod("agent-0").status() == 404);
            caller.call("CA1").is(404);

            agents.create("agent-0").ready("agent-0", true);
            is(caller, "agent-0", "available");
            caller.allocate("CA3").took("pool:gold");
            caller.release("CA1"); // late: it frees nothing
            assertThat(caller.call("CA3").is(200).pod()).isEqualTo("agent-0");
            is(caller, "agent-0", "allocated");
        }
    }

    @Test
    default void aContainerThatStartsAgainEndsTheCallOfItsFormerLife() {
        var agents = agents().create("agent-0").running("agent-0", true, 0);
        try (var town = town().routers(1)) {
            var caller = town.caller();
            is(caller, "agent-0", "available");
            caller.allocate("CA1").took("pool:gold");
            agents.running("agent-0", true, 1);
            is(caller, "agent-0", "available");
            caller.call("CA1").is(404);
        }
    }

    @Test
    default void aLeaderThatStopsHandsOverWithinTwoSeconds() {
        var agents = agents().create("agent-0").ready("agent-0", true);
        try (var town = town().routers(2)) {
            await("a leader").atMost(ofSeconds(20)).until(() -> leads(town, 0) != leads(town, 1));
            var first = leads(town, 0) ? 0 : 1;
            var heir = town.caller(1 - first);
            is(heir, "agent-0", "available");
            heir.allocate("CA1").took("pool:gold");

            town.router(first).close();
            await("hand-over").atMost(ofSeconds(2)).until(() -> leads(town, 1 - first));
            assertThat(heir.call("CA1").is(200).pod()).isEqualTo("agent-0");
            agents.create("agent-1").ready("agent-1", true);
            is(heir, "agent-1", "available");
            heir.allocate("CA2").took("pool:gold");
        }
    }

    private Town town() {
        return Town.found()
                .with("KUBERNETES_ENABLED", "true")
                .with("NAMESPACE", namespace())
                .with("KUBECONFIG", kubeconfig().toString())
                .with("TIER_CONFIG", TIERS)
                .with("RECONCILE_INTERVAL", "1h"); // a watch that tells nothing is not helped out
    }

    private static boolean leads(Town town, int router) {
        return town.caller(router).status().json().path("is_leader").asBoolean();
    }

    private static void is(Caller caller, String pod, String state) {
        await(pod + " " + state)
                .atMost(SOON)
                .untilAsserted(() -> assertThat(caller.pod(pod).text("status")).isEqualTo(state));
    }
}
