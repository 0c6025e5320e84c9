package dev.smartrouter.k3s;

import dev.smartrouter.cluster.PodsContract;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Pods as a real API server lists and tells of them. */
class RealPodsIT implements PodsContract {
    @RegisterExtension
    static final FreshNamespace fresh = new FreshNamespace();

    @Override
    public KubernetesClient client() {
        return fresh.client();
    }

    @Override
    public String namespace() {
        return fresh.name();
    }
}
