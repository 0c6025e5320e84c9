package dev.smartrouter.simulator;

import dev.smartrouter.simulator.agent.AgentFleet;
import dev.smartrouter.simulator.agent.FleetSettings;
import dev.smartrouter.simulator.cluster.PodRuntime;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * One voice agent in a pod of a real cluster, until SIGTERM: then it drains itself, waits for its calls, and ends. Who
 * probes it may ask for a connection on either port, or for {@code /active-calls}.
 */
@Command(name = "agent", description = "Is one voice agent in a pod of a real cluster, until SIGTERM.")
final class AgentCommand implements Callable<Integer> {
    private static final String EVERYWHERE = "0.0.0.0";

    @Option(names = "--pod", defaultValue = "${env:POD_NAME:-}", description = "the name of this pod")
    private String pod = "";

    @Option(names = "--uid", defaultValue = "${env:POD_UID:-}", description = "which pod of that name; if it is known")
    private String uid = "";

    @Option(
            names = "--router",
            defaultValue = "${env:SMART_ROUTER_BASE_URL:-http://smart-router:8080}",
            description = "where the routers' API is")
    private URI router = URI.create("");

    @Option(
            names = "--key",
            defaultValue = "${env:SMART_ROUTER_API_KEY:-}",
            description = "for the routers; none if empty")
    private String key = "";

    @Option(names = "--media", defaultValue = "${env:MEDIA_PORT:-8000}", description = "where callers' audio comes")
    private int media;

    @Option(
            names = "--calls",
            defaultValue = "${env:AGENT_PORT:-8001}",
            description = "where it says which calls it has: GET /active-calls")
    private int calls;

    @Option(
            names = "--grace",
            defaultValue = "${env:GRACE_SECONDS:-60}",
            description = "seconds that its calls still get after SIGTERM")
    private long grace;

    @Override
    public Integer call() throws InterruptedException {
        if (pod.isEmpty()) throw new IllegalArgumentException("an agent needs the name of its pod: POD_NAME or --pod");
        var settings = FleetSettings.of(router)
                .withKey(key)
                .on(new FleetSettings.Ports(new InetSocketAddress(EVERYWHERE, media), 0, calls));
        var fleet = new AgentFleet(settings, new AgentLog(System.out));
        var container = fleet.start(pod, uid, EVERYWHERE, new Kubelet());
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            System.out.println(pod + " was told to stop");
                            container
                                    .stop(Duration.ofSeconds(grace))
                                    .toCompletableFuture()
                                    .join();
                            fleet.close();
                        },
                        "stop"));
        System.out.println(pod + " takes calls on " + media);
        new CountDownLatch(1).await();
        return 0;
    }

    /** The real one finds out by its probes. */
    private static final class Kubelet implements PodRuntime.Signals {
        @Override
        public void ready(boolean ready) {}

        @Override
        public void crashed() {}
    }
}
