package dev.smartrouter.cluster;

import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Voice-agent pods in some API that nobody runs: no scheduler knows theirs, so a test says what becomes of them. Works
 * on fabric8's in-process API and on a real one alike.
 */
public final class AgentPods {
    static final String LABELS = "app=voice-agent";

    private static final String FINALIZER = "smart-router.test/graceful";

    private final KubernetesClient client;
    private final String namespace;

    public AgentPods(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    PodSelector selector() {
        return new PodSelector(namespace, LABELS);
    }

    public AgentPods create(String name) {
        return create(name, "voice-agent");
    }

    public AgentPods create(String name, String app) {
        var pod = new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .withLabels(Map.of("app", app))
                .endMetadata()
                .withNewSpec()
                .withSchedulerName("nobody")
                .addNewContainer()
                .withName("agent")
                .withImage("voice-agent")
                .endContainer()
                .endSpec()
                .build();
        client.resource(pod).create();
        return this;
    }

    public AgentPods createGraceful(String name) {
        create(name);
        return edit(
                name,
                pod -> new PodBuilder(pod)
                        .editMetadata()
                        .withFinalizers(FINALIZER)
                        .endMetadata()
                        .build());
    }

    public AgentPods ready(String name, boolean ready) {
        return running(name, ready, 0);
    }

    public AgentPods running(String name, boolean ready, int restarts) {
        var pod = get(name);
        client.resource(new PodBuilder(pod)
                        .withNewStatus()
                        .withPhase("Running")
                        .withConditions(new PodConditionBuilder()
                                .withType("Ready")
                                .withStatus(ready ? "True" : "False")
                                .build())
                        .withContainerStatuses(List.of(new ContainerStatusBuilder()
                                .withName("agent")
                                .withImage("voice-agent")
                                .withImageID("")
                                .withReady(ready)
                                .withRestartCount(restarts)
                                .withNewState()
                                .withNewRunning("2026-01-01T12:00:00Z")
                                .endState()
                                .build()))
                        .endStatus()
                        .build())
                .updateStatus();
        return this;
    }

    public AgentPods failed(String name) {
        client.resource(new PodBuilder(get(name))
                        .editOrNewStatus()
                        .withPhase("Failed")
                        .withReason("Evicted")
                        .endStatus()
                        .build())
                .updateStatus();
        return this;
    }

    /** At once, unless it is graceful. */
    public AgentPods delete(String name) {
        client.pods().inNamespace(namespace).withName(name).withGracePeriod(0).delete();
        return this;
    }

    /** Lets a graceful pod go. */
    public AgentPods finish(String name) {
        return edit(
                name,
                pod -> new PodBuilder(pod)
                        .editMetadata()
                        .withFinalizers(List.of())
                        .endMetadata()
                        .build());
    }

    private AgentPods edit(String name, UnaryOperator<Pod> change) {
        client.resource(change.apply(get(name))).update();
        return this;
    }

    private Pod get(String name) {
        return client.pods().inNamespace(namespace).withName(name).require();
    }
}
