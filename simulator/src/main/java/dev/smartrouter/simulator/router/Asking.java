package dev.smartrouter.simulator.router;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Asks routers how they are. */
final class Asking implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final ObjectMapper json = new ObjectMapper();

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .proxy(HttpClient.Builder.NO_PROXY)
            .build();

    boolean isReady(URI api) {
        return ask(api, "/ready").map(reply -> reply.statusCode() == 200).orElse(false);
    }

    /** Completed with false, never with an error, if it does not answer. */
    CompletableFuture<Boolean> serves(URI api) {
        return http.sendAsync(request(api, "/ready?of=router"), BodyHandlers.discarding())
                .thenApply(reply -> reply.statusCode() == 200)
                .exceptionally(error -> false);
    }

    boolean isLeader(URI api) {
        return ask(api, "/api/v1/status").map(Asking::leads).orElse(false);
    }

    private static boolean leads(HttpResponse<String> status) {
        try {
            return json.readTree(status.body()).path("is_leader").asBoolean();
        } catch (IOException e) {
            return false;
        }
    }

    private Optional<HttpResponse<String>> ask(URI api, String path) {
        try {
            return Optional.of(http.send(request(api, path), BodyHandlers.ofString()));
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static HttpRequest request(URI api, String path) {
        return HttpRequest.newBuilder(api.resolve(path)).timeout(PATIENCE).build();
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
