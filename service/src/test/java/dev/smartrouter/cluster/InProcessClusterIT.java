package dev.smartrouter.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;
import org.junit.jupiter.api.AfterEach;

/** The contracts on fabric8's API in this process. */
class InProcessClusterIT implements PodsContract, LeadershipContract {
    private final InProcessApi api = InProcessApi.keeping();

    @AfterEach
    void close() {
        api.close();
    }

    @Override
    public KubernetesClient client() {
        return api.client().api();
    }

    @Override
    public String namespace() {
        return "voice-system";
    }
}
