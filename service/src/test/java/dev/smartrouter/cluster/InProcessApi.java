package dev.smartrouter.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.dsl.MockServerExpectation;
import java.time.Duration;
import java.util.HashMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A Kubernetes API in this process, fabric8's own. It keeps what it is given, or says what it is told to; it knows no
 * graceful deletion (a finalizer stands in for it), no bookmarks, no history, and checks nothing.
 */
public final class InProcessApi implements AutoCloseable {
    private static final Logger chatter = Logger.getLogger(MockWebServer.class.getName());

    static {
        chatter.setLevel(Level.WARNING); // it tells of every request
    }

    private final KubernetesMockServer server;
    private final ClusterClient client;

    private InProcessApi(KubernetesMockServer server) {
        this.server = server;
        server.init();
        try (var theirs = server.createClient()) {
            client = ClusterClient.connect(theirs.getConfiguration(), Duration.ofSeconds(5));
        }
    }

    /** One that remembers what is created, changed and deleted in it. */
    public static InProcessApi keeping() {
        return new InProcessApi(new KubernetesMockServer(
                new Context(), new MockWebServer(), new HashMap<>(), new PatientDispatcher(), false));
    }

    /** One that answers only what {@link #expect} was told. */
    public static InProcessApi scripted() {
        return new InProcessApi(new KubernetesMockServer(false));
    }

    /** The one it is closed with; {@link ClusterClient} makes others of its {@link #config}. */
    public ClusterClient client() {
        return client;
    }

    public Config config() {
        return client.api().getConfiguration();
    }

    /** Voice agents in a namespace of it. */
    public AgentPods agents(String namespace) {
        return new AgentPods(client.api(), namespace);
    }

    /** What a router is given to find it: the text of a kubeconfig. */
    public String kubeconfig() {
        return """
                apiVersion: v1
                kind: Config
                current-context: here
                clusters: [{name: here, cluster: {server: "%s"}}]
                users: [{name: me, user: {token: none}}]
                contexts: [{name: here, context: {cluster: here, user: me, namespace: voice-system}}]
                """.formatted(config().getMasterUrl());
    }

    MockServerExpectation expect() {
        return server.expect();
    }

    @Override
    public void close() {
        client.close();
        server.destroy();
    }
}
