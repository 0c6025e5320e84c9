package dev.smartrouter.scenario;

import dev.smartrouter.cluster.AgentPods;
import dev.smartrouter.cluster.InProcessApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Routers that follow fabric8's API in this process. */
class RouterInProcessClusterIT implements RouterInClusterContract {
    private final InProcessApi api = InProcessApi.keeping();

    @TempDir
    private Path directory;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(kubeconfig(), api.kubeconfig());
    }

    @AfterEach
    void close() {
        api.close();
    }

    @Override
    public AgentPods agents() {
        return api.agents(namespace());
    }

    @Override
    public String namespace() {
        return "voice-system";
    }

    @Override
    public Path kubeconfig() {
        return directory.resolve("kubeconfig");
    }
}
