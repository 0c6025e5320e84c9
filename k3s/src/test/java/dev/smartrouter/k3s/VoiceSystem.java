package dev.smartrouter.k3s;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** All of the local overlay on a cluster, as {@code kubectl apply -k} makes it, with the images that are built here. */
final class VoiceSystem implements AutoCloseable {
    static final String NAMESPACE = "voice-system";

    /** A node that also compiles and tests takes its time. */
    private static final Duration PATIENCE = Duration.ofMinutes(8);

    /** Room for callers without a merchant, also while a pod is away. */
    private static final String TIERS = """
            {"standard":{"type":"exclusive","target":3},"basic":{"type":"shared","target":1,"max_concurrent":3}}""";

    private final RealCluster cluster;
    private final HttpClient http = HttpClient.newHttpClient();
    private final PodLogs logs;

    private VoiceSystem(RealCluster cluster) {
        this.cluster = cluster;
        this.logs = new PodLogs(cluster.client());
    }

    /** Returns when all of it serves. */
    static VoiceSystem start(RealCluster cluster) {
        var overlay = overlay();
        cluster.container().ifPresent(container -> Images.load(overlay, container));
        var system = new VoiceSystem(cluster);
        overlay.all().stream().filter(Namespace.class::isInstance).forEach(system::create);
        overlay.all().stream().filter(each -> !(each instanceof Namespace)).forEach(system::create);
        system.awaitWhole();
        return system;
    }

    static Manifests overlay() {
        return Manifests.of(Kubectl.kustomize(Manifests.FOLDER.resolve("overlays/local")));
    }

    private void create(HasMetadata object) {
        switch (object) {
            case Secret secret -> secret.getStringData().put("VOICE_AGENT_BASE_URL", "ws://" + cluster.door());
            case ConfigMap config -> config.getData().replace("TIER_CONFIG", TIERS);
            case Deployment workload -> fit(workload.getSpec().getTemplate());
            case StatefulSet workload -> fit(workload.getSpec().getTemplate());
            default -> {}
        }
        client().resource(object).create();
    }

    /** The one node of a test's cluster may have two cores, of which all of it asks for more. Redis, small, keeps its share. */
    private static void fit(PodTemplateSpec template) {
        template.getSpec().getContainers().stream()
                .filter(each -> !each.getName().equals("redis"))
                .forEach(each -> each.getResources().getRequests().put("cpu", new Quantity("10m")));
    }

    KubernetesClient client() {
        return cluster.client();
    }

    PodLogs logs() {
        return logs;
    }

    /** Where providers call. */
    URI door() {
        return URI.create("http://" + cluster.door());
    }

    /** Those that run and are not on their way out, by name. */
    List<Pod> pods(String app) {
        return client().pods().inNamespace(NAMESPACE).withLabel("app", app).list().getItems().stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .filter(Readiness::isPodReady)
                .toList();
    }

    /** What the API of some router answers. */
    String api(String path, String... json) {
        return ask(pods("smart-router").getFirst().getMetadata().getName(), 8080, path, json);
    }

    /** What a port of a pod answers. */
    String ask(String pod, int port, String path, String... json) {
        try (var way = client().pods().inNamespace(NAMESPACE).withName(pod).portForward(port)) {
            var request = HttpRequest.newBuilder(URI.create("http://localhost:" + way.getLocalPort() + path))
                    .timeout(Duration.ofSeconds(10));
            if (json.length > 0)
                request.header("Content-Type", "application/json").POST(BodyPublishers.ofString(json[0]));
            return http.send(request.build(), BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Waits until everything that should run does, in its newest form, nothing else runs, and calls are taken. */
    void awaitWhole() {
        for (var name : List.of("redis", "smart-router", "nginx-router")) {
            await(name)
                    .atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> isWhole(client().apps()
                            .deployments()
                            .inNamespace(NAMESPACE)
                            .withName(name)
                            .get()));
        }
        await("voice agents").atMost(PATIENCE).ignoreExceptions().until(() -> isWhole(agents()));
        await("routers that take calls").atMost(PATIENCE).until(() -> isOpen());
    }

    private StatefulSet agents() {
        return client().apps()
                .statefulSets()
                .inNamespace(NAMESPACE)
                .withName("voice-agent")
                .get();
    }

    private static boolean isWhole(Deployment workload) {
        var status = workload.getStatus();
        var wanted = workload.getSpec().getReplicas();
        return status.getObservedGeneration() >= workload.getMetadata().getGeneration()
                && wanted.equals(status.getUpdatedReplicas())
                && wanted.equals(status.getAvailableReplicas())
                && wanted.equals(status.getReplicas());
    }

    private boolean isWhole(StatefulSet workload) {
        var status = workload.getStatus();
        var wanted = workload.getSpec().getReplicas();
        return status.getObservedGeneration() >= workload.getMetadata().getGeneration()
                && wanted.equals(status.getReadyReplicas())
                && wanted.equals(status.getReplicas())
                && status.getUpdateRevision().equals(status.getCurrentRevision())
                && pods("voice-agent").size() == wanted;
    }

    private boolean isOpen() {
        try {
            var request = HttpRequest.newBuilder(door().resolve("/ready")).timeout(Duration.ofSeconds(5));
            return http.send(request.build(), BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Which router leads, by the name of its pod; empty while none does. */
    Optional<String> leader() {
        return Optional.ofNullable(client().leases()
                        .inNamespace(NAMESPACE)
                        .withName("smart-router-leader")
                        .get())
                .map(lease -> lease.getSpec().getHolderIdentity())
                .filter(holder -> !holder.isEmpty())
                .map(holder -> holder.substring(0, holder.lastIndexOf('-'))); // what follows is one of its starts
    }

    /** A cluster of ours goes with all that is in it. */
    @Override
    public void close() {
        http.shutdownNow();
        logs.close();
        if (cluster.container().isPresent()) return;
        client().pods().inNamespace(NAMESPACE).withGracePeriod(0).delete();
        client().namespaces().withName(NAMESPACE).delete();
    }
}
