package dev.smartrouter.k3s;

import dev.smartrouter.cluster.AgentPods;
import dev.smartrouter.scenario.RouterInClusterContract;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Routers that follow a real API server, as a service account with no more rights than they need. */
class RouterInClusterIT implements RouterInClusterContract {
    @RegisterExtension
    static final FreshNamespace fresh = new FreshNamespace();

    @TempDir
    private Path directory;

    private Path kubeconfig;

    @BeforeEach
    void account() {
        kubeconfig = RouterAccount.kubeconfig(fresh.client(), namespace(), RouterAccount.RIGHTS, directory);
    }

    @Override
    public AgentPods agents() {
        return new AgentPods(fresh.client(), namespace());
    }

    @Override
    public String namespace() {
        return fresh.name();
    }

    @Override
    public Path kubeconfig() {
        return kubeconfig;
    }
}
