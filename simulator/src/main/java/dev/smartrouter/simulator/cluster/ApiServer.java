package dev.smartrouter.simulator.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.net.InetAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A Kubernetes API that keeps what it is given: fabric8's own, on a port of this machine, without TLS. It knows no
 * graceful deletion (finalizers stand in for it), no history of changes, and checks nothing.
 */
final class ApiServer implements AutoCloseable {
    private static final String NO_UNSAFE = "io.netty.noUnsafe";
    private static final Logger chatter = Logger.getLogger(MockWebServer.class.getName());

    static {
        chatter.setLevel(Level.WARNING); // it tells of every request
        if (System.getProperty(NO_UNSAFE) == null) System.setProperty(NO_UNSAFE, "true"); // or Java warns of Netty
    }

    private final MockWebServer web = new MockWebServer();
    private final KubernetesMockServer server;

    /** @param changed told of every change, on the thread that makes it */
    ApiServer(Runnable changed) {
        server = new KubernetesMockServer(new Context(), web, new HashMap<>(), new Dispatcher(changed), false);
        server.init(InetAddress.getLoopbackAddress(), 0);
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getPort());
    }

    /** May do everything; whoever asks for it closes it. */
    KubernetesClient client() {
        var config = new ConfigBuilder(Config.empty())
                .withMasterUrl(uri().toString())
                .withNoProxy("127.0.0.1")
                .withRequestRetryBackoffLimit(0)
                .build();
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientFactory(new JdkHttpClientFactory())
                .build();
    }

    /** What it has heard so far: it remembers every request, for tests to ask, and a long story has many. */
    void forgetRequests() {
        try {
            while (web.takeRequest(0, TimeUnit.MILLISECONDS) != null) {
                // the next
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.destroy();
    }
}
