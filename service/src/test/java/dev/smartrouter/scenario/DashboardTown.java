package dev.smartrouter.scenario;

import dev.smartrouter.dashboard.Chromium;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/** A town with a pod in every condition, one router with its page on both ports, and a browser. */
final class DashboardTown implements AutoCloseable {
    static final String TIERS = """
            {"tiers":{"gold":{"type":"exclusive","target":3},"standard":{"type":"exclusive","target":5},
            "basic":{"type":"shared","target":2,"max_concurrent":3},"acme":{"type":"exclusive","target":2},
            "fleet":{"type":"exclusive","target":500}},
            "default_chain":["gold","standard","basic"]}""";

    private final Chromium chromium = Chromium.open();
    private final Town town;
    private final int adminPort;
    private Router router;

    DashboardTown() throws IOException {
        town = Town.found()
                .tiers(TIERS)
                .merchant("acme", "{\"pool\":\"acme\"}")
                .pods("gold", "voice-agent-0", "voice-agent-1", "voice-agent-2")
                .pods("standard", "voice-agent-3", "voice-agent-4", "voice-agent-5", "voice-agent-6", "voice-agent-7")
                .sharedPod("basic", "voice-agent-8")
                .merchantPods("acme", "voice-agent-10", "voice-agent-11");
        try (var free = new ServerSocket(0)) {
            adminPort = free.getLocalPort();
        }
        town.with("POD_NAME", "smart-router-0")
                .with("DASHBOARD", "both")
                .with("METRICS_PORT", Integer.toString(adminPort));
        router = town.join(Router.here(town.settings())).awaitReady();
        awaitAdopted("voice-agent-11");
        fact("voice-agent-5", "ready", "0");
        fact("voice-agent-6", "term", "1");
        fact(
                "voice-agent-7",
                "hold",
                Long.toString(Instant.now().plusSeconds(900).toEpochMilli()));
    }

    /** What only the cluster, or a recovery, says of a pod. */
    private void fact(String pod, String field, String value) {
        town.keys().hset("voice:pod:" + pod, field, value);
    }

    private void awaitAdopted(String pod) {
        Awaitility.await("the audit adopts " + pod)
                .atMost(Duration.ofSeconds(90))
                .until(() -> town.keys().hexists("voice:pod:" + pod, "inc"));
    }

    /** Five hundred more, each taking one call. */
    void fleet() {
        town.merchantPods(
                "fleet", IntStream.range(0, 500).mapToObj(i -> "fleet-" + i).toArray(String[]::new));
        town.merchant("fleet", "{\"pool\":\"fleet\"}");
        awaitAdopted("fleet-499");
    }

    Chromium chromium() {
        return chromium;
    }

    Caller api() {
        return router.caller();
    }

    URI main() {
        return router.api();
    }

    URI admin() {
        return URI.create("http://localhost:" + adminPort);
    }

    boolean isDrained(String pod) {
        return town.keys().exists("voice:pod:draining:" + pod);
    }

    Map<String, String> settings() {
        return town.settings();
    }

    /** How long the router took to stop. */
    Duration stopRouter() {
        var start = System.nanoTime();
        town.left(router);
        return Duration.ofNanos(System.nanoTime() - start);
    }

    void startRouter() {
        router = town.join(Router.here(town.settings())).awaitReady();
    }

    @Override
    public void close() {
        chromium.close();
        town.close();
    }
}
