package dev.smartrouter.k3s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.smartrouter.app.RouterProcess;
import dev.smartrouter.pool.RedisProcess;
import dev.smartrouter.scenario.RouterInClusterContract;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.dsl.PodResource;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A pod that a node really runs, so that nobody but the cluster says what becomes of it; its container only waits. */
class RunningPodIT {
    @RegisterExtension
    static final FreshNamespace fresh = new FreshNamespace();

    private static final String POD = "agent-0";
    /** On every k3s already: it holds the network of each pod. */
    private static final String IMAGE = "rancher/mirrored-pause:3.6";
    /** A node takes its time: 5 s to end a pod, now and then 30, and an image may have to come first. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    private Path directory;

    private RedisProcess redis;
    private RouterProcess router;

    @BeforeEach
    void start() {
        redis = RedisProcess.start();
        var kubeconfig = RouterAccount.kubeconfig(fresh.client(), fresh.name(), RouterAccount.RIGHTS, directory);
        router = RouterProcess.start(Map.of(
                "HTTP_PORT",
                "0",
                "METRICS_PORT",
                "0",
                "REDIS_URL",
                redis.url(),
                "VOICE_AGENT_BASE_URL",
                "wss://agents.example",
                "NAMESPACE",
                fresh.name(),
                "KUBECONFIG",
                kubeconfig.toString(),
                "TIER_CONFIG",
                RouterInClusterContract.TIERS,
                "RECONCILE_INTERVAL",
                "1h"));
    }

    @AfterEach
    void stop() {
        if (router != null) router.close();
        redis.close();
        http.close();
    }

    @Test
    void aPodServesFromItsStartToItsEndAndAgainUnderItsName() throws Exception {
        create();
        awaitPod("\"status\":\"available\"");
        assertThat(allocate("CA1").body()).contains("\"pod_name\":\"" + POD + "\"");

        pod().delete();
        awaitPod("\"status\":\"draining\"");
        assertThat(allocate("CA2").statusCode()).isEqualTo(503);
        awaitGone();
        assertThat(get("/api/v1/calls/CA1").statusCode()).isEqualTo(404);

        create();
        awaitPod("\"status\":\"available\"");
        assertThat(allocate("CA3").statusCode()).isEqualTo(200);
        post("/api/v1/release", "{\"call_sid\":\"CA1\"}"); // late: it frees nothing
        assertThat(get("/api/v1/calls/CA3").body()).contains("\"pod_name\":\"" + POD + "\"");
        awaitPod("\"status\":\"allocated\"");
    }

    /** As after an eviction: the pod is still there to be read, and will never run again. */
    @Test
    void aPodThatFailedIsGoneWithItsCall() throws Exception {
        create();
        awaitPod("\"status\":\"available\"");
        assertThat(allocate("CA1").statusCode()).isEqualTo(200);

        pod().edit(pod -> new PodBuilder(pod)
                .editSpec()
                .withActiveDeadlineSeconds(1L)
                .endSpec()
                .build());
        awaitGone();
        assertThat(pod().get().getStatus().getPhase()).isEqualTo("Failed");
        assertThat(get("/api/v1/calls/CA1").statusCode()).isEqualTo(404);
        assertThat(allocate("CA2").statusCode()).isEqualTo(503);
    }

    private void create() {
        fresh.client()
                .resource(new PodBuilder()
                        .withNewMetadata()
                        .withName(POD)
                        .withNamespace(fresh.name())
                        .addToLabels("app", "voice-agent")
                        .endMetadata()
                        .withNewSpec()
                        .withAutomountServiceAccountToken(false)
                        .addNewContainer()
                        .withName("agent")
                        .withImage(IMAGE)
                        .withImagePullPolicy("IfNotPresent")
                        .endContainer()
                        .endSpec()
                        .build())
                .create();
    }

    private PodResource pod() {
        return fresh.client().pods().inNamespace(fresh.name()).withName(POD);
    }

    private void awaitPod(String saying) {
        await(saying)
                .atMost(PATIENCE)
                .until(() -> get("/api/v1/pod/" + POD).body().contains(saying));
    }

    private void awaitGone() {
        await("gone from the pools")
                .atMost(PATIENCE)
                .until(() -> get("/api/v1/pod/" + POD).statusCode() == 404);
    }

    private HttpResponse<String> allocate(String call) throws Exception {
        return post("/api/v1/allocate", "{\"call_sid\":\"" + call + "\"}");
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(request(path).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String json) throws Exception {
        return http.send(
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(json))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(router.api() + path)).timeout(Duration.ofSeconds(10));
    }
}
