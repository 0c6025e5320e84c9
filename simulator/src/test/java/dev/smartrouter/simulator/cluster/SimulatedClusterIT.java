package dev.smartrouter.simulator.cluster;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a real cluster does with the pods of a StatefulSet, and fabric8's API alone does not. */
class SimulatedClusterIT {
    private static final ClusterSettings THREE =
            ClusterSettings.voiceAgents(3).withGrace(ofMillis(400)).withBackOff(ofMillis(300));

    private final Containers containers = new Containers();
    private SimulatedCluster cluster;
    private KubernetesClient client;

    @BeforeEach
    void start() {
        begin(THREE);
    }

    private void begin(ClusterSettings settings) {
        cluster = new SimulatedCluster(settings, containers, containers);
        client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(cluster.kubeconfigFile().toFile()))
                .withHttpClientFactory(new JdkHttpClientFactory())
                .build();
        cluster.awaitReady(ofSeconds(10));
    }

    @AfterEach
    void stop() {
        client.close();
        cluster.close();
    }

    @Test
    void podsComeInOrderEachOnceTheOneBeforeItIsReady() {
        assertThat(containers.heard)
                .containsExactly(
                        "born voice-agent-0",
                        "start voice-agent-0",
                        "ready voice-agent-0",
                        "born voice-agent-1",
                        "start voice-agent-1",
                        "ready voice-agent-1",
                        "born voice-agent-2",
                        "start voice-agent-2",
                        "ready voice-agent-2");
        assertThat(pods())
                .extracting(pod -> pod.getStatus().getPodIP())
                .contains("127.1.0.1", "127.1.0.2", "127.1.0.3");
        assertThat(containers.of("voice-agent-2").ip).isEqualTo("127.1.0.3");
        assertThat(pod("voice-agent-0").getStatus().getPhase()).isEqualTo("Running");
    }

    @Test
    void scaledDownTheHighestGoesAndTheNextOnceItHasEnded() {
        containers.endsWhenAsked = false;
        var scaled = cluster.scale(1).toCompletableFuture();
        await().until(() -> containers.of("voice-agent-2").asked);
        assertThat(containers.of("voice-agent-1").asked).isFalse();
        containers.of("voice-agent-2").ended.complete(null);
        await().until(() -> containers.of("voice-agent-1").asked);
        assertThat(names()).containsExactly("voice-agent-0", "voice-agent-1");
        assertThat(scaled).isNotDone();
        containers.of("voice-agent-1").ended.complete(null);
        assertThat(scaled).succeedsWithin(ofSeconds(5));
        assertThat(names()).containsExactly("voice-agent-0");
        assertThat(cluster.scale(2).toCompletableFuture()).succeedsWithin(ofSeconds(5));
        assertThat(names()).containsExactly("voice-agent-0", "voice-agent-1");
    }

    @Test
    void inParallelTheyComeAndGoTogether() {
        stop();
        containers.readyAtOnce = false;
        cluster = new SimulatedCluster(THREE.withParallel(true), containers, containers);
        client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(cluster.kubeconfig()))
                .withHttpClientFactory(new JdkHttpClientFactory())
                .build();
        await().until(() -> names().size() == 3);
    }

    @Test
    void aPodThatEndsGracefullyIsTerminatingForAllToSee() {
        containers.endsWhenAsked = false;
        var seen = new CopyOnWriteArrayList<String>();
        try (var watch = client.pods()
                .inNamespace("voice-system")
                .withLabel("app", "voice-agent")
                .watch(tellTo(seen))) {
            await().until(() -> seen.size() == 3);
            seen.clear();
            cluster.delete("voice-agent-1");
            await().untilAsserted(() -> assertThat(seen).contains("MODIFIED voice-agent-1 terminating"));
            assertThat(containers.heard).contains("terminating voice-agent-1");
            assertThat(pod("voice-agent-1").getMetadata().getDeletionTimestamp())
                    .isNotNull();
            containers.of("voice-agent-1").ended.complete(null);
            await().untilAsserted(() -> assertThat(seen)
                    .contains(
                            "DELETED voice-agent-1 terminating",
                            "ADDED voice-agent-1",
                            "MODIFIED voice-agent-1 ready"));
        }
    }

    @Test
    void aContainerThatDoesNotEndIsKilledWhenTheGraceIsOver() {
        containers.endsWhenAsked = false;
        var old = containers.of("voice-agent-1");
        var start = System.nanoTime();
        client.pods().inNamespace("voice-system").withName("voice-agent-1").delete(); // anybody may
        await().until(() -> old.killed);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(ofMillis(400), ofMillis(2_000));
        cluster.awaitReady(ofSeconds(5));
        assertThat(pod("voice-agent-1").getMetadata().getUid()).isNotEqualTo(old.uid);
    }

    @Test
    void aRollingRestartBeginsAtTheTopAndEachIsReadyBeforeTheNextEnds() {
        containers.heard.clear();
        var uids = pods().stream().map(pod -> pod.getMetadata().getUid()).toList();
        var rolled = cluster.rollingRestart().toCompletableFuture();
        assertThat(rolled).succeedsWithin(ofSeconds(10));
        assertThat(containers.heard).containsExactly(life(2, 1, 0));
        assertThat(pods()).extracting(pod -> pod.getMetadata().getUid()).doesNotContainAnyElementsOf(uids);
    }

    @Test
    void aContainerThatCrashesStartsAgainInItsPod() {
        var uid = containers.of("voice-agent-1").uid;
        containers.heard.clear();
        containers.of("voice-agent-1").signals.crashed();
        awaitPod("voice-agent-1", pod -> restarts(pod) == 1 && isReady(pod));
        assertThat(containers.heard)
                .containsExactly("crashed voice-agent-1", "start voice-agent-1", "ready voice-agent-1");

        containers.of("voice-agent-1").signals.crashed();
        awaitPod(
                "voice-agent-1",
                pod -> !isReady(pod)
                        && pod.getStatus()
                                        .getContainerStatuses()
                                        .getFirst()
                                        .getState()
                                        .getWaiting()
                                != null);
        awaitPod("voice-agent-1", pod -> restarts(pod) == 2 && isReady(pod));
        assertThat(pod("voice-agent-1").getMetadata().getUid()).isEqualTo(uid);
    }

    @Test
    void whatAFormerRunSaysIsNotHeard() {
        var former = containers.of("voice-agent-1").signals;
        former.crashed();
        awaitPod("voice-agent-1", pod -> restarts(pod) == 1 && isReady(pod));
        former.ready(false);
        former.crashed();
        containers.of("voice-agent-0").signals.ready(false);
        awaitPod("voice-agent-0", pod -> !isReady(pod));
        assertThat(isReady(pod("voice-agent-1"))).isTrue();
        assertThat(restarts(pod("voice-agent-1"))).isEqualTo(1);
    }

    @Test
    void aReadinessThatChangesIsReported() {
        containers.of("voice-agent-0").signals.ready(false);
        awaitPod("voice-agent-0", pod -> !isReady(pod));
        containers.of("voice-agent-0").signals.ready(true);
        awaitPod("voice-agent-0", SimulatedClusterIT::isReady);
    }

    @Test
    void aKilledPodIsGoneAtOnceAndAnotherComes() {
        var old = containers.of("voice-agent-1");
        containers.endsWhenAsked = false;
        cluster.kill("voice-agent-1");
        assertThat(old.killed).isTrue();
        assertThat(old.asked).isFalse();
        cluster.awaitReady(ofSeconds(5));
        assertThat(pod("voice-agent-1").getMetadata().getUid()).isNotEqualTo(old.uid);
        assertThat(containers.heard).contains("gone voice-agent-1").doesNotContain("terminating voice-agent-1");
        assertThatThrownBy(() -> cluster.kill("voice-agent-9")).hasMessage("no pod voice-agent-9 runs here");
    }

    @Test
    void anEvictedPodHasFailedAndIsReplaced() {
        var old = containers.of("voice-agent-1");
        var seen = new CopyOnWriteArrayList<String>();
        try (var watch = client.pods()
                .inNamespace("voice-system")
                .withLabel("app", "voice-agent")
                .watch(tellTo(seen))) {
            await().until(() -> seen.size() == 3);
            cluster.evict("voice-agent-1");
            assertThat(old.killed).isTrue();
            cluster.awaitReady(ofSeconds(5));
            assertThat(seen).contains("MODIFIED voice-agent-1 Failed Evicted");
            assertThat(pod("voice-agent-1").getMetadata().getUid()).isNotEqualTo(old.uid);
        }
    }

    @Test
    void whoeverWaitsForPodsThatDoNotComeIsTold() {
        containers.readyAtOnce = false;
        var unused = cluster.scale(4);
        assertThatThrownBy(() -> cluster.awaitReady(ofMillis(300))).hasMessageContaining("not all 4 pods are ready");
    }

    @Test
    void closedItLeavesNothingListeningAndNoFile() {
        var port = cluster.apiServer().getPort();
        var file = cluster.kubeconfigFile();
        cluster.close();
        assertThat(file).doesNotExist();
        assertThat(containers.of("voice-agent-0").killed).isTrue();
        assertThatThrownBy(() -> new Socket("127.0.0.1", port)).hasMessageContaining("refused");
    }

    private static String[] life(int... ordinals) {
        return Arrays.stream(ordinals)
                .mapToObj(n -> "voice-agent-" + n)
                .flatMap(pod -> List.of("terminating ", "gone ", "born ", "start ", "ready ").stream()
                        .map(what -> what + pod))
                .toArray(String[]::new);
    }

    private static Watcher<Pod> tellTo(List<String> seen) {
        return new Watcher<>() {
            @Override
            public void eventReceived(Action action, Pod pod) {
                var how = pod.getMetadata().getDeletionTimestamp() != null
                        ? " terminating"
                        : "Failed".equals(pod.getStatus().getPhase())
                                ? " Failed " + pod.getStatus().getReason()
                                : isReady(pod) ? " ready" : "";
                seen.add(action + " " + pod.getMetadata().getName() + how);
            }

            @Override
            public void onClose(WatcherException cause) {}
        };
    }

    private void awaitPod(String name, Predicate<Pod> condition) {
        await(name).atMost(ofSeconds(5)).pollInterval(ofMillis(10)).until(() -> condition.test(pod(name)));
    }

    private static boolean isReady(Pod pod) {
        return pod.getStatus().getConditions().stream()
                .anyMatch(c -> c.getType().equals("Ready") && c.getStatus().equals("True"));
    }

    private static int restarts(Pod pod) {
        var statuses = pod.getStatus().getContainerStatuses();
        return statuses.isEmpty() ? 0 : statuses.getFirst().getRestartCount();
    }

    private Pod pod(String name) {
        return client.pods().inNamespace("voice-system").withName(name).require();
    }

    private List<String> names() {
        return pods().stream().map(pod -> pod.getMetadata().getName()).sorted().toList();
    }

    private List<Pod> pods() {
        return client.pods().inNamespace("voice-system").list().getItems();
    }
}
