package dev.smartrouter.k3s;

import dev.smartrouter.cluster.LeadershipContract;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The election on a real API server. */
class RealLeadershipIT implements LeadershipContract {
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
