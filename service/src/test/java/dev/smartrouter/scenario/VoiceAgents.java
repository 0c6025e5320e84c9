package dev.smartrouter.scenario;

import dev.smartrouter.cluster.InProcessApi;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A StatefulSet of voice agents in fabric8's Kubernetes API, and a kubeconfig that leads there. The test is its
 * scheduler, its kubelet and its controller; a finalizer keeps a deleted pod terminating until the test lets it go.
 */
final class VoiceAgents implements AutoCloseable {
    static final String NAMESPACE = "voice-system";
    static final String NAME = "voice-agent-";

    private static final String LEASE = "smart-router-leader";
    private static final String FINALIZER = "smart-router.test/graceful";

    private final InProcessApi api = InProcessApi.keeping();
    private final KubernetesClient client = new KubernetesClientBuilder()
            .withConfig(api.config())
            .withHttpClientFactory(new JdkHttpClientFactory())
            .build();
    private final Path kubeconfig;
    private final Map<String, Integer> restarts = new HashMap<>();
    private int replicas;

    VoiceAgents() {
        try {
            kubeconfig = Files.createTempFile("kubeconfig-of-a-test", ".yml");
            Files.writeString(kubeconfig, api.kubeconfig());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path kubeconfig() {
        return kubeconfig;
    }

    /** Every agent has an address of its own on this machine, by its ordinal. */
    static String ip(String pod) {
        return "127.1.0." + (1 + Integer.parseInt(pod.substring(NAME.length())));
    }

    static String pod(int ordinal) {
        return NAME + ordinal;
    }

    /** As the controller does it: the lowest ordinals that are missing come, ready; the highest go. */
    VoiceAgents scale(int wanted) {
        for (; replicas < wanted; replicas++) start(pod(replicas));
        for (; replicas > wanted; replicas--) delete(pod(replicas - 1));
        return this;
    }

    /** A new one under this name, ready at once. */
    VoiceAgents start(String pod) {
        create(pod);
        return ready(pod);
    }

    /** The same in one request, for a fleet: it serves as soon as it is there, and goes without grace. */
    VoiceAgents startAtOnce(String pod) {
        client.resource(new PodBuilder()
                        .withNewMetadata()
                        .withName(pod)
                        .withNamespace(NAMESPACE)
                        .withLabels(Map.of("app", "voice-agent"))
                        .endMetadata()
                        .withNewSpec()
                        .withNodeName("node-1")
                        .addNewContainer()
                        .withName("agent")
                        .withImage("voice-agent")
                        .endContainer()
                        .endSpec()
                        .withNewStatus()
                        .withPhase("Running")
                        .withPodIP("10.0.0.1")
                        .withConditions(new PodConditionBuilder()
                                .withType("Ready")
                                .withStatus("True")
                                .build())
                        .endStatus()
                        .build())
                .create();
        return this;
    }

    /** A new one that is not ready yet. */
    VoiceAgents create(String pod) {
        restarts.put(pod, 0);
        client.resource(new PodBuilder()
                        .withNewMetadata()
                        .withName(pod)
                        .withNamespace(NAMESPACE)
                        .withLabels(Map.of("app", "voice-agent"))
                        .withFinalizers(FINALIZER)
                        .endMetadata()
                        .withNewSpec()
                        .withNodeName("node-1")
                        .addNewContainer()
                        .withName("agent")
                        .withImage("voice-agent")
                        .endContainer()
                        .endSpec()
                        .build())
                .create();
        return this;
    }

    VoiceAgents ready(String pod) {
        return runs(pod, true);
    }

    VoiceAgents unready(String pod) {
        return runs(pod, false);
    }

    /** Its container crashed and runs again. */
    VoiceAgents restartContainer(String pod) {
        restarts.merge(pod, 1, Integer::sum);
        return runs(pod, true);
    }

    /** It will never run again, and stays listed: as when a node evicts it. */
    VoiceAgents fail(String pod) {
        client.resource(new PodBuilder(get(pod))
                        .editOrNewStatus()
                        .withPhase("Failed")
                        .withReason("Evicted")
                        .endStatus()
                        .build())
                .updateStatus();
        return this;
    }

    VoiceAgents relabel(String pod, String app) {
        return merge(pod, "{\"metadata\":{\"labels\":{\"app\":\"" + app + "\"}}}");
    }

    /** It has a deletion timestamp, and its calls may end in peace. */
    VoiceAgents terminate(String pod) {
        client.pods().inNamespace(NAMESPACE).withName(pod).delete();
        return this;
    }

    /** A terminating one is gone. */
    VoiceAgents finish(String pod) {
        return merge(pod, "{\"metadata\":{\"finalizers\":null}}");
    }

    VoiceAgents delete(String pod) {
        return terminate(pod).finish(pod);
    }

    /** Who holds the Lease; empty if nobody. */
    String leader() {
        var lease = lease();
        var holder = lease == null ? null : lease.getSpec().getHolderIdentity();
        return holder == null ? "" : holder;
    }

    /** The cluster has never seen a router of ours. */
    VoiceAgents forgetRouters() {
        client.leases().inNamespace(NAMESPACE).withName(LEASE).delete();
        return this;
    }

    private Lease lease() {
        return client.leases().inNamespace(NAMESPACE).withName(LEASE).get();
    }

    private VoiceAgents runs(String pod, boolean ready) {
        client.resource(new PodBuilder(get(pod))
                        .withNewStatus()
                        .withPhase("Running")
                        .withPodIP(ip(pod))
                        .withConditions(new PodConditionBuilder()
                                .withType("Ready")
                                .withStatus(ready ? "True" : "False")
                                .build())
                        .withContainerStatuses(List.of(new ContainerStatusBuilder()
                                .withName("agent")
                                .withReady(ready)
                                .withRestartCount(restarts.getOrDefault(pod, 0))
                                .withNewState()
                                .withNewRunning(Instant.now()
                                        .truncatedTo(ChronoUnit.SECONDS)
                                        .toString())
                                .endState()
                                .build()))
                        .endStatus()
                        .build())
                .updateStatus();
        return this;
    }

    private VoiceAgents merge(String pod, String patch) {
        client.pods().inNamespace(NAMESPACE).withName(pod).patch(PatchContext.of(PatchType.JSON_MERGE), patch);
        return this;
    }

    private Pod get(String pod) {
        return client.pods().inNamespace(NAMESPACE).withName(pod).require();
    }

    @Override
    public void close() {
        client.close();
        api.close();
        try {
            Files.deleteIfExists(kubeconfig);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
