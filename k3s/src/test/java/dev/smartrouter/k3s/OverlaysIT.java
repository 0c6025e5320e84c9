package dev.smartrouter.k3s;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** The overlays, as kustomize puts them together. */
@EnabledIf(value = "dev.smartrouter.k3s.Kubectl#isHere", disabledReason = Kubectl.MISSING)
class OverlaysIT {
    private static final Pattern VERSION = Pattern.compile("(?m)^    <version>(.*)</version>");

    private static Manifests local;
    private static Manifests production;

    @BeforeAll
    static void build() {
        local = Manifests.of(Kubectl.kustomize(Manifests.FOLDER.resolve("overlays/local")));
        production = Manifests.of(Kubectl.kustomize(Manifests.FOLDER.resolve("overlays/production")));
    }

    @Test
    void whatAPodOfTheLocalOverlayReadsIsThere() {
        assertThat(read(local)).isNotEmpty();
        assertThat(there(local)).containsAll(read(local));
    }

    @Test
    void whatAPodInProductionReadsIsThereButForTheSecretThatAnOperatorMakes() {
        var missing = new TreeSet<>(read(production));
        missing.removeAll(there(production));
        assertThat(missing).containsExactly("smart-router-secrets");
        assertThat(production.every(Secret.class)).isEmpty();
    }

    @Test
    void allOfItIsInOneNamespace() {
        for (var overlay : List.of(local, production)) {
            assertThat(overlay.all())
                    .filteredOn(each -> !each.getKind().equals("Namespace"))
                    .extracting(each -> each.getMetadata().getNamespace())
                    .containsOnly("voice-system");
        }
    }

    /** After a loss of state the routers ask each agent for its calls, where it says them. */
    @Test
    void theLocalOverlayAsksAnAgentWhereItAnswers() {
        var ports = local.only(StatefulSet.class, "voice-agent")
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst()
                .getPorts();
        assertThat(ports).extracting(ContainerPort::getName).containsExactly("http", "calls");
        assertThat(ports.getLast().getContainerPort())
                .hasToString(local.only(ConfigMap.class, "smart-router-config")
                        .getData()
                        .get("AGENT_PORT"));
        assertThat(local.only(NetworkPolicy.class, "voice-agent").getSpec().getIngress().stream()
                        .flatMap(each -> each.getPorts().stream())
                        .map(port -> port.getPort().getStrVal()))
                .containsExactly("http", "calls");
    }

    /** An old server, and one without metrics, takes it as it is. */
    @Test
    void theLocalOverlayAsksForNothingNewerThanItsCluster() {
        assertThat(local.every(PodDisruptionBudget.class)).isEmpty();
        assertThat(local.every(HorizontalPodAutoscaler.class)).isEmpty();
        assertThat(local.only(Service.class, "nginx-router").getSpec().getPorts())
                .singleElement()
                .satisfies(port -> {
                    assertThat(port.getNodePort()).isEqualTo(30080);
                    assertThat(port.getTargetPort().getStrVal()).isEqualTo("http");
                });
    }

    @Test
    void theLocalOverlayRunsTheImagesThatAreBuiltHere() {
        var version = VERSION.matcher(Manifests.text(Path.of("../pom.xml")));
        assertThat(version.find()).isTrue();
        assertThat(Images.of(local))
                .contains("smart-router:" + version.group(1), "smart-router-simulator:" + version.group(1));
        assertThat(Images.of(production)).doesNotContain("smart-router-simulator:" + version.group(1));
    }

    @Test
    void inProductionLoadSaysHowManyRoutersThereAreAndABudgetHowManyMayGo() {
        assertThat(production.only(Deployment.class, "smart-router").getSpec().getReplicas())
                .isNull();
        assertThat(production
                        .only(HorizontalPodAutoscaler.class, "smart-router")
                        .getSpec()
                        .getScaleTargetRef()
                        .getName())
                .isEqualTo("smart-router");
        assertThat(production.names(PodDisruptionBudget.class))
                .containsExactlyInAnyOrder("nginx-router", "smart-router", "voice-agent");
        assertThat(production.find(Deployment.class, "redis")).isEmpty();
    }

    /** Names of the ConfigMaps and Secrets that pods name. */
    private static TreeSet<String> read(Manifests overlay) {
        var names = new TreeSet<String>();
        Images.pods(overlay).forEach(pod -> {
            pod.getVolumes().stream()
                    .map(volume -> volume.getConfigMap())
                    .filter(Objects::nonNull)
                    .forEach(map -> names.add(map.getName()));
            pod.getContainers().stream()
                    .flatMap(each -> each.getEnvFrom().stream())
                    .forEach(from -> {
                        if (from.getConfigMapRef() != null)
                            names.add(from.getConfigMapRef().getName());
                        if (from.getSecretRef() != null)
                            names.add(from.getSecretRef().getName());
                    });
        });
        return names;
    }

    private static List<String> there(Manifests overlay) {
        return Stream.<HasMetadata>concat(overlay.every(ConfigMap.class).stream(), overlay.every(Secret.class).stream())
                .map(each -> each.getMetadata().getName())
                .toList();
    }
}
