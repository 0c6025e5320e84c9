package dev.smartrouter.k3s;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.io.File;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.images.PullPolicy;
import org.testcontainers.k3s.K3sContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * The one Kubernetes of a test run: the cluster that {@code SMART_ROUTER_KUBECONFIG} names, of which only namespaces of
 * our own are touched, or else a k3s container that lives as long as the run.
 */
final class RealCluster implements AutoCloseable {
    private static final String KUBECONFIG = "SMART_ROUTER_KUBECONFIG";
    /** Ten seconds on an idle machine; it shares its cores with whatever else is tested. */
    private static final Duration START = Duration.ofMinutes(3);

    /** Where the public door is on every node of the local overlay. */
    static final int DOOR = 30080;

    private final KubernetesClient client;
    private final Optional<K3sContainer> container;

    private RealCluster(Config config, Optional<K3sContainer> container) {
        this.container = container;
        this.client = new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientFactory(new JdkHttpClientFactory())
                .build();
    }

    /** Why there is none on this machine; empty if there is one, or can be. */
    static Optional<String> missing() {
        if (named().isPresent() || DockerClientFactory.instance().isDockerAvailable()) return Optional.empty();
        return Optional.of("no cluster: start a container engine (Docker), or let " + KUBECONFIG
                + " name the kubeconfig of a cluster");
    }

    /** Whether it is somebody's, which has the images that it needs or can fetch them. */
    static boolean isNamed() {
        return named().isPresent();
    }

    static RealCluster start() {
        var cluster = named().map(file -> new RealCluster(Config.fromKubeconfig(file), Optional.empty()))
                .orElseGet(RealCluster::contained);
        System.out.println("Kubernetes " + cluster.client.getKubernetesVersion().getGitVersion() + ", "
                + cluster.container
                        .map(K3sContainer::getDockerImageName)
                        .orElseGet(() -> cluster.client.getMasterUrl().toString()));
        return cluster;
    }

    private static RealCluster contained() {
        var image = Objects.requireNonNull(System.getProperty("k3s.image"), "-Dk3s.image, as in pom.xml");
        @SuppressWarnings("resource") // closed with the cluster
        var container = new K3sContainer(DockerImageName.parse(image).asCompatibleSubstituteFor("rancher/k3s"))
                .withImagePullPolicy(PullPolicy.defaultPolicy()) // only what is not here is fetched
                .withStartupTimeout(START);
        container.addExposedPort(DOOR);
        container.start();
        return new RealCluster(Config.fromKubeconfig(container.getKubeConfigYaml()), Optional.of(container));
    }

    private static Optional<File> named() {
        return Optional.ofNullable(System.getenv(KUBECONFIG))
                .filter(path -> !path.isBlank())
                .map(File::new);
    }

    /** May do everything; closed with the cluster. */
    KubernetesClient client() {
        return client;
    }

    /** Empty if it is somebody's. */
    Optional<K3sContainer> container() {
        return container;
    }

    /** {@code host:port} of the public door, from here. */
    String door() {
        return container
                .map(each -> each.getHost() + ":" + each.getMappedPort(DOOR))
                .orElseGet(() -> client.nodes().list().getItems().getFirst().getStatus().getAddresses().stream()
                                .filter(address -> address.getType().equals("InternalIP"))
                                .findFirst()
                                .orElseThrow()
                                .getAddress()
                        + ":" + DOOR);
    }

    @Override
    public void close() {
        client.close();
        container.ifPresent(K3sContainer::close);
    }
}
