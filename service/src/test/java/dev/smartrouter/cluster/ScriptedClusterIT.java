package dev.smartrouter.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.smartrouter.PodName;
import dev.smartrouter.pool.ClusterUnavailableException;
import dev.smartrouter.pool.PodSighting;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodListBuilder;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.api.model.WatchEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the in-process API does not do by itself: pages, refusals, a history that is gone. */
class ScriptedClusterIT {
    private static final String PODS = "/api/v1/namespaces/voice-system/pods?";
    private static final String FIRST = PODS + "labelSelector=app%3Dvoice-agent&limit=500";
    private static final String WATCH = PODS + "allowWatchBookmarks=true"
            + "&labelSelector=app%3Dvoice-agent&resourceVersion=1&timeoutSeconds=600&watch=true";
    private static final String LEASE =
            "/apis/coordination.k8s.io/v1/namespaces/voice-system/leases/smart-router-leader";

    private final InProcessApi api = InProcessApi.scripted();
    private final PodSelector pods = new PodSelector("voice-system", AgentPods.LABELS);
    private final KubernetesCluster cluster =
            new KubernetesCluster(api.client(), pods, new PodSightings(Optional.empty()), new AgentCalls(8000));

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void aListGoesOnToItsLastPage() {
        answer(FIRST, 200, page("more", pod("agent-0"), pod("agent-1")));
        answer(next("more"), 200, page("evenmore", pod("agent-2")));
        answer(next("evenmore"), 200, page("", pod("agent-3")));

        assertThat(cluster.list())
                .extracting(PodSighting::pod)
                .map(PodName::value)
                .containsExactly("agent-0", "agent-1", "agent-2", "agent-3");
    }

    @Test
    void aListWhoseNextPageIsForgottenBeginsAgain() {
        answer(FIRST, 200, page("more", pod("agent-0")));
        answer(next("more"), 410, status(410));
        answer(FIRST, 200, page("", pod("agent-0"), pod("agent-1")));

        assertThat(cluster.list()).hasSize(2);
    }

    @Test
    void aClusterThatRefusesIsUnavailable() {
        answer(FIRST, 403, status(403));
        answer(LEASE, 500, status(500));
        answer(LEASE, 500, status(500));

        assertThatThrownBy(cluster::list)
                .isInstanceOf(ClusterUnavailableException.class)
                .hasMessageContaining("cannot list the pods");
        assertThatThrownBy(cluster::everOpened).isInstanceOf(ClusterUnavailableException.class);
        assertThatThrownBy(() -> cluster.rememberOpened("gen")).isInstanceOf(ClusterUnavailableException.class);
    }

    @Test
    void aKubeconfigSaysWhereTheClusterIs(@TempDir Path folder) throws IOException {
        answer(FIRST, 200, page("", pod("agent-0")));
        var file = Files.writeString(folder.resolve("kubeconfig"), api.kubeconfig());
        try (var client = ClusterClient.connect(Optional.of(file), Duration.ofSeconds(5))) {
            assertThat(new KubernetesCluster(client, pods, new PodSightings(Optional.empty()), new AgentCalls(8000))
                            .list())
                    .hasSize(1);
        }
    }

    /** The watch missed a delete, and the history it would resume from is gone: the pod is missed in the next LIST. */
    @Test
    void aDeleteThatTheWatchMissedIsToldLater() {
        answer(FIRST, 200, page("", pod("agent-0"), pod("agent-1")));
        api.expect()
                .get()
                .withPath(WATCH)
                .andUpgradeToWebSocket()
                .open()
                .immediately()
                .andEmit(new WatchEvent(status(410), "ERROR"))
                .done()
                .once();
        answer(FIRST, 200, page("", pod("agent-1")));
        var heard = new RecordedPods();
        try (var scheduler = Executors.newSingleThreadScheduledExecutor()) {
            var watcher = new PodWatcher(api.client(), pods, new PodSightings(Optional.empty()), heard, scheduler);
            watcher.start();
            assertThat(heard.awaitVanished("agent-0").incarnation().id()).isEqualTo("uid-agent-0/0");
            heard.await("agent-1", pod -> true);
            watcher.stop();
            scheduler.shutdownNow();
        }
    }

    private void answer(String path, int code, Object body) {
        api.expect().get().withPath(path).andReturn(code, body).once();
    }

    private static String next(String page) {
        return PODS + "continue=" + page + "&labelSelector=app%3Dvoice-agent&limit=500";
    }

    private static Object page(String next, Pod... pods) {
        return new PodListBuilder()
                .withNewMetadata()
                .withResourceVersion("1")
                .withContinue(next)
                .endMetadata()
                .withItems(pods)
                .build();
    }

    private static Pod pod(String name) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("voice-system")
                .withUid("uid-" + name)
                .withCreationTimestamp("2026-01-01T12:00:00Z")
                .withResourceVersion("1")
                .endMetadata()
                .build();
    }

    private static Status status(int code) {
        return new StatusBuilder().withCode(code).withStatus("Failure").build();
    }
}
