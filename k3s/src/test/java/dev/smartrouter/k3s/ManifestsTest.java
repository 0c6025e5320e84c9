package dev.smartrouter.k3s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.smartrouter.app.Settings;
import dev.smartrouter.k3s.RouterAccount.Right;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.Role;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The manifests, as files: that each is what Kubernetes knows, and that they fit each other and the router. */
class ManifestsTest {
    private static final Duration LONGEST_CALL = Duration.ofHours(1);
    private static final Pattern PINNED = Pattern.compile("[a-z0-9./-]+:(?!latest)[A-Za-z0-9._-]+");
    private static final Pattern HEAP = Pattern.compile("MaxRAMPercentage=([0-9.]+)");
    /** What a router with 10,000 pods was weighed with: docs/memory-of-fleet.md. */
    private static final long WEIGHED_HEAP = 192L << 20;

    private static final Manifests manifests = Manifests.shipped();

    @Test
    void aFieldThatKubernetesDoesNotKnowIsAFailure() {
        assertThatThrownBy(() -> Manifests.of("""
                        apiVersion: apps/v1
                        kind: Deployment
                        metadata: {name: a}
                        spec: {template: {spec: {containers: [{name: b, imagePolicy: Never}]}}}
                        """)).hasMessageContaining("imagePolicy");
        assertThat(manifests.all()).hasSizeGreaterThan(20);
    }

    @Test
    void everySelectorFindsThePodsItMeans() {
        workloads()
                .forEach(each -> assertThat(each.template().getMetadata().getLabels())
                        .as(each.name())
                        .containsAllEntriesOf(each.selector().getMatchLabels())
                        .containsEntry("app", each.name()));
        var selected = Stream.of(
                        manifests.every(Service.class).stream()
                                .filter(each -> each.getSpec().getSelector() != null)
                                .filter(each -> !each.getSpec().getSelector().isEmpty())
                                .map(each -> each.getSpec().getSelector()),
                        manifests.every(NetworkPolicy.class).stream()
                                .map(each -> labels(each.getSpec().getPodSelector())),
                        manifests.every(PodDisruptionBudget.class).stream()
                                .map(each -> labels(each.getSpec().getSelector())))
                .flatMap(each -> each)
                .toList();
        assertThat(selected)
                .hasSizeGreaterThan(10)
                .allSatisfy(labels -> assertThat(workloads())
                        .anySatisfy(
                                each -> assertThat(each.template().getMetadata().getLabels())
                                        .containsAllEntriesOf(labels)));
    }

    @Test
    void everyServiceLeadsToAPortThatItsPodsHave() {
        for (var service : manifests.every(Service.class)) {
            if (service.getSpec().getSelector().isEmpty()) continue; // a patch
            var ports = ports(service.getSpec().getSelector().get("app"));
            assertThat(service.getSpec().getPorts())
                    .as(service.getMetadata().getName())
                    .allSatisfy(port ->
                            assertThat(ports).containsKey(port.getTargetPort().getStrVal()));
        }
        assertThat(ports("smart-router")).containsExactlyInAnyOrderEntriesOf(Map.of("http", 8080, "metrics", 9090));
        assertThat(ports("voice-agent")).containsEntry("http", 8000);
    }

    @Test
    void whatIsSetTheRouterKnowsAndTakes() {
        var set = new HashMap<>(
                manifests.only(ConfigMap.class, "smart-router-config").getData());
        set.putAll(manifests.only(Secret.class, "smart-router-secrets").getStringData());
        set.put("POD_NAME", "smart-router-1");
        var settings = Settings.of(set);
        assertThat(settings.listening().http()).isEqualTo(ports("smart-router").get("http"));
        assertThat(settings.listening().metrics())
                .isEqualTo(ports("smart-router").get("metrics"));
        assertThat(settings.agents().tierConfig()).isPresent();
        assertThat(settings.kubernetes().namespace()).isEqualTo("voice-system");
        assertThat(settings.kubernetes().agentPort())
                .isEqualTo(ports("voice-agent").get("http"));
        var grace = workload("smart-router").template().getSpec().getTerminationGracePeriodSeconds();
        assertThat(Duration.ofSeconds(grace))
                .as("SHUTDOWN_DELAY, 10 s for requests in flight, and some room")
                .isGreaterThan(settings.listening().shutdownDelay().plusSeconds(12));
    }

    @Test
    void theRouterMayDoWhatItNeedsAndNothingElse() {
        var granted = manifests.only(Role.class, "smart-router").getRules().stream()
                .flatMap(rule -> rule.getVerbs().stream().map(verb -> {
                    var right = new Right(verb, rule.getResources().getFirst());
                    assertThat(rule.getResources()).hasSize(1);
                    assertThat(rule.getApiGroups()).containsExactly(right.group());
                    assertThat(String.join("", rule.getResourceNames())).isEqualTo(right.name());
                    return right;
                }))
                .toList();
        assertThat(granted).containsExactlyInAnyOrderElementsOf(RouterAccount.RIGHTS);
        assertThat(manifests.every(Role.class)).hasSize(1);
        assertThat(workloads())
                .filteredOn(each -> each.template().getSpec().getAutomountServiceAccountToken())
                .extracting(Workload::name)
                .containsExactly("smart-router");
    }

    @Test
    void everyImageIsPinnedAndFetchedOnlyIfItIsNotThere() {
        assertThat(containers()).hasSize(4).allSatisfy(each -> {
            assertThat(each.getImage()).matches(PINNED);
            assertThat(each.getImagePullPolicy()).isEqualTo("IfNotPresent");
        });
    }

    /** What Pod Security's level "restricted" asks for, which the namespace enforces, and a root that nobody writes to. */
    @Test
    void everyPodIsConfined() {
        assertThat(workloads()).allSatisfy(each -> {
            var pod = each.template().getSpec().getSecurityContext();
            assertThat(pod.getRunAsNonRoot()).isTrue();
            assertThat(pod.getRunAsUser()).isPositive();
            assertThat(pod.getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        });
        assertThat(containers()).allSatisfy(each -> {
            assertThat(each.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
            assertThat(each.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
            assertThat(each.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
            assertThat(each.getResources().getLimits()).containsKey("memory");
            assertThat(each.getResources().getRequests()).containsKeys("cpu", "memory");
        });
    }

    @Test
    void noCallIsCutByAGraceThatEndsBeforeIt() {
        for (var name : List.of("voice-agent", "nginx-router")) {
            var pod = workload(name).template().getSpec();
            assertThat(Duration.ofSeconds(pod.getTerminationGracePeriodSeconds()))
                    .isGreaterThan(LONGEST_CALL);
            assertThat(pod.getContainers()
                            .getFirst()
                            .getLifecycle()
                            .getPreStop()
                            .getExec())
                    .isNotNull();
        }
        assertThat(manifests.only(Service.class, "voice-agent").getSpec().getPublishNotReadyAddresses())
                .as("a terminating pod is found by its name")
                .isTrue();
    }

    @Test
    void theRouterHasTheHeapItWasWeighedWith() {
        var limit = Quantity.getAmountInBytes(containersOf("smart-router")
                .getFirst()
                .getResources()
                .getLimits()
                .get("memory"));
        var percentage = HEAP.matcher(Manifests.text(Path.of("../service/Dockerfile")));
        assertThat(percentage.find()).isTrue();
        assertThat((long) (limit.doubleValue() * Double.parseDouble(percentage.group(1)) / 100))
                .isEqualTo(WEIGHED_HEAP);
    }

    @Test
    void routersRollWithoutAGap() {
        var router = manifests.only(Deployment.class, "smart-router").getSpec();
        assertThat(router.getReplicas()).isEqualTo(3);
        assertThat(router.getStrategy().getRollingUpdate().getMaxUnavailable().getIntVal())
                .isZero();
        var probes = containersOf("smart-router").getFirst();
        assertThat(probes.getReadinessProbe().getHttpGet().getPath()).isEqualTo("/ready?of=router");
        assertThat(probes.getLivenessProbe().getHttpGet().getPath()).isEqualTo("/health");
        assertThat(manifests
                        .only(HorizontalPodAutoscaler.class, "smart-router")
                        .getSpec()
                        .getMinReplicas())
                .isEqualTo(3);
    }

    private record Workload(String name, LabelSelector selector, PodTemplateSpec template) {}

    private static List<Workload> workloads() {
        return Stream.concat(
                        manifests.every(Deployment.class).stream()
                                .map(each -> new Workload(
                                        name(each),
                                        each.getSpec().getSelector(),
                                        each.getSpec().getTemplate())),
                        manifests.every(StatefulSet.class).stream()
                                .map(each -> new Workload(
                                        name(each),
                                        each.getSpec().getSelector(),
                                        each.getSpec().getTemplate())))
                .toList();
    }

    private static Workload workload(String name) {
        return Manifests.named(workloads(), Workload::name, name);
    }

    private static List<Container> containers() {
        return workloads().stream()
                .flatMap(each -> each.template().getSpec().getContainers().stream())
                .toList();
    }

    private static List<Container> containersOf(String name) {
        return workload(name).template().getSpec().getContainers();
    }

    private static Map<String, Integer> ports(String app) {
        var ports = new HashMap<String, Integer>();
        for (ContainerPort port : containersOf(app).getFirst().getPorts()) {
            ports.put(port.getName(), port.getContainerPort());
        }
        return ports;
    }

    private static Map<String, String> labels(LabelSelector selector) {
        return selector.getMatchLabels() == null ? Map.of() : selector.getMatchLabels();
    }

    private static String name(HasMetadata object) {
        return object.getMetadata().getName();
    }
}
