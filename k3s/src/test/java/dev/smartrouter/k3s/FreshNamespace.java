package dev.smartrouter.k3s;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Gives each test a namespace of its own in the {@link RealCluster}; without a cluster its class is skipped. */
final class FreshNamespace implements ExecutionCondition, BeforeEachCallback, AfterEachCallback {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private KubernetesClient client;
    private String name;

    KubernetesClient client() {
        return client;
    }

    String name() {
        return name;
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return RealCluster.missing()
                .map(ConditionEvaluationResult::disabled)
                .orElseGet(() -> ConditionEvaluationResult.enabled("a cluster can be had"));
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        client = context.getRoot()
                .getStore(ExtensionContext.Namespace.GLOBAL)
                .getOrComputeIfAbsent(RealCluster.class, key -> RealCluster.start(), RealCluster.class)
                .client();
        name = client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withGenerateName("smart-router-test-")
                        .endMetadata()
                        .build())
                .create()
                .getMetadata()
                .getName();
        // pods are refused before the cluster has made it
        await("service account of " + name)
                .atMost(PATIENCE)
                .until(() -> client.serviceAccounts()
                                .inNamespace(name)
                                .withName("default")
                                .get()
                        != null);
    }

    /** It ends in its own time, once nothing holds its pods. */
    @Override
    public void afterEach(ExtensionContext context) {
        if (name == null) return;
        client.pods().inNamespace(name).list().getItems().forEach(this::letGo);
        client.namespaces().withName(name).delete();
        name = null;
    }

    private void letGo(Pod pod) {
        if (pod.getMetadata().getFinalizers().isEmpty()) return;
        client.resource(new PodBuilder(pod)
                        .editMetadata()
                        .withFinalizers(List.of())
                        .endMetadata()
                        .build())
                .update();
    }
}
