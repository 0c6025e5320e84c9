package dev.smartrouter.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** A way to the cluster's API, to be closed after all that use it. */
public final class ClusterClient implements AutoCloseable {
    private static final int CONNECT_MS = 2_000;
    /** Of a watch that broke; doubled up to 32 times: at most 3.2 s after the API is back, pods are watched again. */
    private static final int RECONNECT_MS = 100;

    private final KubernetesClient api;

    private ClusterClient(KubernetesClient api) {
        this.api = api;
    }

    /**
     * Connects, by the current context of a kubeconfig, or without one as the environment has it: by KUBECONFIG or
     * {@code ~/.kube/config} from outside, by the service account from inside. No request is made yet.
     *
     * @param timeout of a request; the elector wants {@link LeaseTimes#request()}, a client of its own, so that no long
     *     LIST is in the way of a renewal
     * @throws IllegalArgumentException if the kubeconfig is not there, or is none
     */
    public static ClusterClient connect(Optional<Path> kubeconfig, Duration timeout) {
        return connect(kubeconfig.map(ClusterClient::read).orElseGet(() -> new ConfigBuilder().build()), timeout);
    }

    private static Config read(Path kubeconfig) {
        try {
            return Config.fromKubeconfig(kubeconfig.toFile());
        } catch (KubernetesClientException e) {
            throw new IllegalArgumentException("no kubeconfig can be read from " + kubeconfig, e);
        }
    }

    static ClusterClient connect(Config cluster, Duration timeout) {
        var millis = Math.toIntExact(timeout.toMillis());
        var config = new ConfigBuilder(cluster)
                .withConnectionTimeout(Math.min(CONNECT_MS, millis))
                .withRequestTimeout(millis)
                .withRequestRetryBackoffLimit(0) // those who ask again do so by themselves, and know for how long
                .withWatchReconnectInterval(RECONNECT_MS)
                .withWatchReconnectLimit(-1)
                .withUserAgent("smart-router")
                .build();
        return over(new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientFactory(new JdkHttpClientFactory())
                .build());
    }

    static ClusterClient over(KubernetesClient api) {
        return new ClusterClient(api);
    }

    /** Nobody outside this package knows what speaks to Kubernetes. */
    KubernetesClient api() {
        return api;
    }

    @Override
    public void close() {
        api.close();
    }
}
