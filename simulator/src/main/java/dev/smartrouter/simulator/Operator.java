package dev.smartrouter.simulator;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.smartrouter.simulator.redis.RedisAddress;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/** Whoever is on duty: does what the runbook says, by the API and by the keys that are documented for it. */
final class Operator implements AutoCloseable {
    private static final int TRIES = 5;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final URI router;
    private final RedisAddress redis;
    private final String prefix;

    /** @param prefix of the routers' keys */
    Operator(URI router, RedisAddress redis, String prefix) {
        this.router = router;
        this.redis = redis;
        this.prefix = prefix;
    }

    /** @throws IllegalStateException if the router cannot be told, however often one tries */
    void drain(String pod) {
        tell("/api/v1/drain", pod);
    }

    /** @throws IllegalStateException likewise */
    void undrain(String pod) {
        tell("/api/v1/undrain", pod);
    }

    /** Writes the tier config into the store, as the document of operations says. */
    void tiers(String json) {
        try (var keys = redis.connect()) {
            keys.set(prefix + "tier:config", json);
        }
    }

    /** Writes how merchants are served. */
    void merchants(Map<String, String> configs) {
        if (configs.isEmpty()) return;
        try (var keys = redis.connect()) {
            keys.hset(prefix + "merchant:config", configs);
        }
    }

    /** Pods that the routers' status has in some pool; 0 if no router says. */
    int assignedPods() {
        var request = HttpRequest.newBuilder(router.resolve("/api/v1/status"))
                .timeout(Duration.ofSeconds(3))
                .build();
        try {
            var pools = JSON.readTree(
                            client.send(request, BodyHandlers.ofString()).body())
                    .path("pools");
            var assigned = 0;
            for (var pool : pools) assigned += pool.path("assigned").asInt();
            return assigned;
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    private void tell(String path, String pod) {
        var request = HttpRequest.newBuilder(router.resolve(path))
                .timeout(Duration.ofSeconds(3))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"pod_name\":\"" + pod + "\"}"))
                .build();
        var last = "";
        for (int i = 0; i < TRIES; i++) {
            try {
                var answer = client.send(request, BodyHandlers.ofString());
                if (answer.statusCode() == 200) return;
                last = answer.statusCode() + " " + answer.body();
                if (answer.statusCode() == 404) break;
            } catch (IOException e) {
                last = String.valueOf(e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        throw new IllegalStateException(path + " of " + pod + " was not taken: " + last);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
