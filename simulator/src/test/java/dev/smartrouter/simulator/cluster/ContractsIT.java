package dev.smartrouter.simulator.cluster;

import dev.smartrouter.cluster.AgentPods;
import dev.smartrouter.cluster.LeadershipContract;
import dev.smartrouter.cluster.PodsContract;
import dev.smartrouter.scenario.RouterInClusterContract;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;

/** What holds of a real API server holds here, beside a StatefulSet that is at work. */
class ContractsIT implements PodsContract, LeadershipContract, RouterInClusterContract {
    private final Containers containers = new Containers();
    private final SimulatedCluster cluster =
            new SimulatedCluster(ClusterSettings.voiceAgents(2), containers, containers);
    private final KubernetesClient client = new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(cluster.kubeconfig()))
            .withHttpClientFactory(new JdkHttpClientFactory())
            .build();

    @AfterEach
    void close() {
        client.close();
        cluster.close();
    }

    @Override
    public KubernetesClient client() {
        return client;
    }

    @Override
    public String namespace() {
        return "contract"; // the StatefulSet's own is not empty
    }

    @Override
    public AgentPods agents() {
        return new AgentPods(client, namespace());
    }

    @Override
    public Path kubeconfig() {
        return cluster.kubeconfigFile();
    }
}
