package dev.smartrouter.k3s;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.EvictionBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.PodResource;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What an operator does to a running system, and what befalls it. Each returns at once unless it says otherwise. */
record Deeds(KubernetesClient client) {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** {@code kubectl scale} of the voice agents. */
    void scaleAgents(int replicas) {
        client.apps()
                .statefulSets()
                .inNamespace(VoiceSystem.NAMESPACE)
                .withName("voice-agent")
                .scale(replicas);
    }

    /** {@code kubectl rollout restart}. */
    void restartAgents() {
        client.apps()
                .statefulSets()
                .inNamespace(VoiceSystem.NAMESPACE)
                .withName("voice-agent")
                .rolling()
                .restart();
    }

    /** {@code kubectl rollout restart} of a deployment. */
    void restart(String deployment) {
        client.apps()
                .deployments()
                .inNamespace(VoiceSystem.NAMESPACE)
                .withName(deployment)
                .rolling()
                .restart();
    }

    /** Its first process dies of a broken memory access; returns when its node has started it again. */
    void crash(String pod) {
        var before = restarts(pod);
        kill(pod);
        await(pod + " runs again").atMost(PATIENCE).until(() -> restarts(pod) > before);
    }

    /** Likewise, but does not wait. */
    void kill(String pod) {
        // A signal that would only end it is not delivered to a container's first process; this one Java obeys.
        try (var shell = pod(pod).redirectingError().exec("sh", "-c", "kill -SEGV 1")) {
            shell.exitCode().get(5, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // The shell dies with it: whether it worked, its node says.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** As when a node is lost: it is gone from the API at once. */
    void remove(String pod) {
        pod(pod).withGracePeriod(0).delete();
    }

    /** {@code kubectl delete pod}. */
    void delete(String pod) {
        pod(pod).delete();
    }

    /** By the API, as a node that is drained asks for it; by its older version where the server knows no other. */
    void evict(String pod) {
        try {
            pod(pod).evict(new EvictionBuilder()
                    .withNewMetadata()
                    .withName(pod)
                    .withNamespace(VoiceSystem.NAMESPACE)
                    .endMetadata()
                    .build());
        } catch (KubernetesClientException e) {
            client.raw(
                    "/api/v1/namespaces/" + VoiceSystem.NAMESPACE + "/pods/" + pod + "/eviction",
                    "POST",
                    Map.of(
                            "apiVersion",
                            "policy/v1beta1",
                            "kind",
                            "Eviction",
                            "metadata",
                            Map.of("name", pod, "namespace", VoiceSystem.NAMESPACE)));
        }
    }

    /** Its node fails it, and its set makes another of the same name. */
    void fail(String pod) {
        pod(pod).edit(now -> new PodBuilder(now)
                .editSpec()
                .withActiveDeadlineSeconds(1L)
                .endSpec()
                .build());
    }

    private PodResource pod(String name) {
        return client.pods().inNamespace(VoiceSystem.NAMESPACE).withName(name);
    }

    private int restarts(String name) {
        return restarts(pod(name).get());
    }

    static int restarts(Pod pod) {
        if (pod == null || pod.getStatus() == null) return 0;
        return pod.getStatus().getContainerStatuses().stream()
                .mapToInt(each -> each.getRestartCount())
                .sum();
    }
}
