package dev.smartrouter.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** How the cluster's API is reached: from inside by the service account, from outside by a kubeconfig. */
public final class ClusterClient {
    private static final int CONNECT_MS = 2_000;
    /** Of a watch that broke; doubled up to 32 times: at most 3.2 s after the API is back, pods are watched again. */
    private static final int RECONNECT_MS = 100;

    private ClusterClient() {}

    /**
     * Connects to the cluster this runs in, or to the current context of a kubeconfig. No request is made yet.
     *
     * @param kubeconfig empty: the cluster this runs in, else the user's own kubeconfig
     * @param timeout of a request; the elector wants {@link LeaseTimes#request()}, a client of its own, so that no long
     *     LIST is in the way of a renewal
     */
    public static KubernetesClient connect(Optional<Path> kubeconfig, Duration timeout) {
        return connect(
                kubeconfig
                        .map(file -> Config.fromKubeconfig(file.toFile()))
                        .orElseGet(() -> new ConfigBuilder().build()),
                timeout);
    }

    /** The same, to a cluster that is already known. */
    static KubernetesClient connect(Config cluster, Duration timeout) {
        var millis = Math.toIntExact(timeout.toMillis());
        var config = new ConfigBuilder(cluster)
                .withConnectionTimeout(Math.min(CONNECT_MS, millis))
                .withRequestTimeout(millis)
                .withRequestRetryBackoffLimit(0) // those who ask again do so by themselves, and know for how long
                .withWatchReconnectInterval(RECONNECT_MS)
                .withWatchReconnectLimit(-1)
                .withUserAgent("smart-router")
                .build();
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientFactory(new JdkHttpClientFactory())
                .build();
    }
}
