package dev.smartrouter.cluster;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.smartrouter.pool.PodSighting;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.Test;

/** Pods as they are listed and watched, in whatever speaks for a cluster. */
public interface PodsContract {
    /** May do everything in {@link #namespace()}; not closed here. */
    KubernetesClient client();

    /** It exists, and nothing is in it. */
    String namespace();

    @Test
    default void everyPodThereIsIsListed() {
        var pods = pods().create("agent-0")
                .ready("agent-0", true)
                .create("agent-1")
                .createGraceful("agent-2")
                .ready("agent-2", true)
                .delete("agent-2")
                .create("agent-3")
                .failed("agent-3")
                .create("other-0", "something-else");

        var listed = cluster().list().stream()
                .collect(toMap(
                        pod -> pod.pod().value(),
                        pod -> "ready " + pod.ready() + ", terminating " + pod.terminating() + ", gone " + pod.gone()));

        assertThat(listed)
                .containsOnlyKeys("agent-0", "agent-1", "agent-2", "agent-3")
                .containsEntry("agent-0", "ready true, terminating false, gone false")
                .containsEntry("agent-1", "ready false, terminating false, gone false")
                .containsEntry("agent-2", "ready true, terminating true, gone false")
                .containsEntry("agent-3", "ready false, terminating false, gone true");
        pods.finish("agent-2");
        assertThat(cluster().list()).hasSize(3);
    }

    @Test
    default void aPodIsWatchedThroughItsLife() {
        watching((pods, heard, watcher) -> {
            pods.create("agent-0");
            heard.await("agent-0", pod -> !pod.ready());
            pods.ready("agent-0", true);
            var first = heard.await("agent-0", PodSighting::ready);
            pods.ready("agent-0", false);
            heard.await("agent-0", pod -> !pod.ready());
            pods.running("agent-0", true, 1);
            var restarted = heard.await("agent-0", pod -> pod.ready());
            assertThat(restarted.incarnation().number())
                    .isEqualTo(first.incarnation().number() + 1);
            pods.delete("agent-0");
            assertThat(heard.awaitVanished("agent-0").incarnation()).isEqualTo(restarted.incarnation());
            pods.create("agent-0");
            var recreated = heard.await("agent-0", pod -> true);
            assertThat(recreated.incarnation().id())
                    .isNotEqualTo(first.incarnation().id());
            assertThat(heard.interrupted()).isFalse();
        });
    }

    @Test
    default void aPodThatEndsGracefullyIsTerminatingFirst() {
        watching((pods, heard, watcher) -> {
            pods.createGraceful("agent-0").ready("agent-0", true).delete("agent-0");
            heard.await("agent-0", PodSighting::terminating);
            pods.finish("agent-0");
            heard.awaitVanished("agent-0");
        });
    }

    @Test
    default void whatIsNoVoiceAgentIsNotWatched() {
        watching((pods, heard, watcher) -> {
            pods.create("other-0", "something-else").create("agent-0");
            heard.await("agent-0", pod -> true);
            assertThat(heard.knows("other-0")).isFalse();
        });
    }

    @Test
    default void aWatcherThatStartsAgainTellsOfEveryPod() {
        watching((pods, heard, watcher) -> {
            pods.create("agent-0").create("agent-1");
            heard.await("agent-0", pod -> true);
            heard.await("agent-1", pod -> true);
            watcher.stop();
            heard.forget();
            pods.delete("agent-1").ready("agent-0", true).create("agent-2");
            assertThat(heard.isEmpty()).isTrue();
            watcher.start();
            heard.await("agent-0", PodSighting::ready);
            heard.await("agent-2", pod -> true);
            assertThat(heard.knows("agent-1")).isFalse();
        });
    }

    @Test
    default void aWatchThatBreaksIsTakenUpAgain() throws IOException {
        var master = URI.create(client().getConfiguration().getMasterUrl());
        try (var relay = new Relay(master.getHost(), master.getPort())) {
            var through = new ConfigBuilder(client().getConfiguration())
                    .withMasterUrl(master.getScheme() + "://127.0.0.1:" + relay.port() + "/")
                    .build();
            watching(ClusterClient.connect(through, Duration.ofSeconds(5)), (pods, heard, watcher) -> {
                pods.create("agent-0");
                heard.await("agent-0", pod -> true);
                relay.cut();
                pods.ready("agent-0", true).create("agent-1");
                await().until(() -> !watcher.isWatching());
                relay.mend();
                heard.await("agent-0", PodSighting::ready);
                heard.await("agent-1", pod -> true);
                await().until(watcher::isWatching);
            });
        }
    }

    @Test
    default void aWatchIsBegunAlsoWhereTheClusterDoesNotAnswerYet() throws IOException {
        var master = URI.create(client().getConfiguration().getMasterUrl());
        try (var relay = new Relay(master.getHost(), master.getPort())) {
            relay.cut();
            var through = new ConfigBuilder(client().getConfiguration())
                    .withMasterUrl(master.getScheme() + "://127.0.0.1:" + relay.port() + "/")
                    .build();
            watching(ClusterClient.connect(through, Duration.ofSeconds(5)), (pods, heard, watcher) -> {
                pods.create("agent-0");
                assertThat(heard.isEmpty()).isTrue();
                relay.mend();
                heard.await("agent-0", pod -> true);
            });
        }
    }

    @Test
    default void thatAGateWasOpenedIsRememberedInTheCluster() {
        var cluster = cluster();
        assertThat(cluster.everOpened()).isFalse();
        cluster.rememberOpened("gen-1");
        assertThat(cluster.everOpened()).isTrue();
        cluster.rememberOpened("gen-2");
        assertThat(cluster.everOpened()).isTrue();
    }

    private AgentPods pods() {
        return new AgentPods(client(), namespace());
    }

    private KubernetesCluster cluster() {
        return new KubernetesCluster(
                ClusterClient.over(client()),
                pods().selector(),
                new PodSightings(Optional.empty()),
                new AgentCalls(8000));
    }

    private void watching(Story story) {
        watching(ClusterClient.connect(client().getConfiguration(), Duration.ofSeconds(5)), story);
    }

    private void watching(ClusterClient own, Story story) {
        var heard = new RecordedPods();
        try (own;
                ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor()) {
            var watcher = new PodWatcher(own, pods().selector(), new PodSightings(Optional.empty()), heard, scheduler);
            watcher.start();
            try {
                story.tell(pods(), heard, watcher);
            } finally {
                watcher.stop();
                scheduler.shutdownNow();
            }
        }
    }

    /** What happens while a watcher watches. */
    @FunctionalInterface
    interface Story {
        void tell(AgentPods pods, RecordedPods heard, PodWatcher watcher);
    }
}
