package dev.smartrouter.simulator.router;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import dev.smartrouter.simulator.cluster.ClusterSettings;
import dev.smartrouter.simulator.cluster.Containers;
import dev.smartrouter.simulator.cluster.SimulatedCluster;
import dev.smartrouter.simulator.redis.LaptopRedis;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;

/** A Redis and a cluster of three agents, with elections that take a second or two. */
final class Surroundings implements AutoCloseable {
    static final String TIERS = """
            {"tiers":{"gold":{"type":"exclusive","target":3}},"default_chain":["gold"]}""";

    final LaptopRedis redis = LaptopRedis.start(0);
    private final Containers containers = new Containers();
    final SimulatedCluster cluster =
            new SimulatedCluster(ClusterSettings.voiceAgents(3).withGrace(ofMillis(500)), containers, containers);

    Map<String, String> environment() {
        return Map.ofEntries(
                Map.entry("REDIS_URL", redis.url()),
                Map.entry("KUBECONFIG", cluster.kubeconfigFile().toString()),
                Map.entry("VOICE_AGENT_BASE_URL", "ws://localhost:8000"),
                Map.entry("TIER_CONFIG", TIERS),
                Map.entry("LEADER_LEASE_DURATION", "2s"),
                Map.entry("LEADER_RENEW_DEADLINE", "1500ms"),
                Map.entry("LEADER_RETRY_PERIOD", "100ms"),
                Map.entry("RECOVERY_WAIT", "1s"),
                Map.entry("SHUTDOWN_DELAY", "500ms"),
                Map.entry("LOG_LEVEL", "error"));
    }

    /** The one that leads, once there is one that has not led before. */
    static RouterReplica leader(RouterFleet fleet, RouterReplica... before) {
        return Awaitility.await("a leader")
                .atMost(ofSeconds(30))
                .pollInterval(ofMillis(50))
                .until(
                        fleet::leader,
                        leader -> leader.isPresent() && !Arrays.asList(before).contains(leader.get()))
                .orElseThrow();
    }

    static void awaitReady(RouterFleet fleet) {
        Awaitility.await("all ready")
                .atMost(ofSeconds(30))
                .pollInterval(ofMillis(50))
                .until(() -> fleet.replicas().stream().allMatch(RouterReplica::isReady));
    }

    /** On a connection of its own, as a client that has none would. */
    static Optional<HttpResponse<String>> get(URI base, String path) {
        return send(HttpRequest.newBuilder(base.resolve(path)));
    }

    static Optional<HttpResponse<String>> allocate(URI base, String call) {
        return send(HttpRequest.newBuilder(base.resolve("/api/v1/allocate"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"call_sid\":\"" + call + "\"}")));
    }

    private static Optional<HttpResponse<String>> send(HttpRequest.Builder request) {
        try (var http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            return Optional.of(http.send(request.timeout(ofSeconds(5)).build(), BodyHandlers.ofString()));
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        cluster.close();
        redis.close();
    }
}
