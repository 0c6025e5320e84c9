package dev.smartrouter.simulator.cluster;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;

/** What a StatefulSet's controller and a kubelet ask of the API. */
final class PodRequests {
    static final String NODE = "laptop";
    static final String CONTAINER = "agent";

    private static final String APP = "voice-agent";
    /** Keeps a deleted pod terminating until its container has ended. */
    private static final String GRACEFUL = "smart-router.dev/graceful";

    private static final String LET_GO = "{\"metadata\":{\"finalizers\":null}}";

    private final KubernetesClient client;
    private final ClusterSettings settings;

    PodRequests(KubernetesClient client, ClusterSettings settings) {
        this.client = client;
        this.settings = settings;
    }

    /** Every voice agent, whoever made it. */
    List<Pod> list() {
        return client.pods()
                .inNamespace(settings.namespace())
                .withLabel("app", APP)
                .list()
                .getItems();
    }

    Pod get(String name) {
        return pod(name).require();
    }

    Pod create(int ordinal, String revision) {
        var name = settings.pod(ordinal);
        return client.resource(new PodBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(settings.namespace())
                        .addToLabels("app", APP)
                        .addToLabels(SetMember.REVISION, revision)
                        .addToLabels("statefulset.kubernetes.io/pod-name", name)
                        .withFinalizers(GRACEFUL)
                        .endMetadata()
                        .withNewSpec()
                        .withNodeName(NODE)
                        .withTerminationGracePeriodSeconds(settings.grace().toSeconds())
                        .addNewContainer()
                        .withName(CONTAINER)
                        .withImage("voice-agent")
                        .endContainer()
                        .endSpec()
                        .withNewStatus()
                        .withPhase("Pending")
                        .endStatus()
                        .build())
                .create();
    }

    /** Sets its deletion timestamp. */
    void delete(String name) {
        pod(name).delete();
    }

    /** What is terminating is gone. */
    void letGo(String name) {
        pod(name).patch(PatchContext.of(PatchType.JSON_MERGE), LET_GO);
    }

    /** Gone without having been terminating, unless it was. */
    void remove(String name) {
        if (pod(name).get() == null) return;
        letGo(name);
        delete(name);
    }

    void status(Pod pod, PodStatus status) {
        client.resource(new PodBuilder(pod).withStatus(status).build()).updateStatus();
    }

    private PodResource pod(String name) {
        return client.pods().inNamespace(settings.namespace()).withName(name);
    }
}
