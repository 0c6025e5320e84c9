package dev.smartrouter.simulator.agent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** JSON to and from the router: one attempt, whose answer is whole within 3,000 ms or none. */
final class RouterLine implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofMillis(3_000); // SMART_ROUTER_TIMEOUT_MS
    private static final ObjectMapper json = new ObjectMapper();

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(HttpClient.Builder.NO_PROXY)
            .build();
    private final String router;
    private final String apiKey;

    /** @param apiKey empty if there is none */
    RouterLine(URI router, String apiKey) {
        this.router = router.toString().replaceAll("/+$", "");
        this.apiKey = apiKey;
    }

    /** @param body missing if it is no JSON */
    record Reply(int status, JsonNode body) {}

    /** @throws IOException if no whole answer came in time, or no connection */
    Reply post(String path, Object body) throws IOException {
        return ask(HttpRequest.newBuilder(URI.create(router + path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(json.writeValueAsBytes(body))));
    }

    /** @throws IOException likewise */
    Reply get(String path) throws IOException {
        return ask(HttpRequest.newBuilder(URI.create(router + path)));
    }

    private Reply ask(HttpRequest.Builder request) throws IOException {
        request.timeout(TIMEOUT);
        if (!apiKey.isEmpty()) request.header("Authorization", "Bearer " + apiKey);
        var answer = http.sendAsync(request.build(), BodyHandlers.ofString());
        try {
            // The request's own timeout ends with the headers; a body may trickle.
            var response = answer.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            return new Reply(response.statusCode(), read(response.body()));
        } catch (TimeoutException e) {
            throw new IOException("no whole answer within " + TIMEOUT, e);
        } catch (ExecutionException e) {
            throw new IOException(String.valueOf(e.getCause()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            answer.cancel(true);
        }
    }

    private static JsonNode read(String body) {
        try {
            return json.readTree(body);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
