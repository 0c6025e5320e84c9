package dev.smartrouter.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Whoever speaks HTTP to one router: the voice agent, a provider, an operator. */
final class Caller {
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private static final String JSON = "application/json";
    private static final String FORM = "application/x-www-form-urlencoded";

    private final URI router;

    Caller(URI router) {
        this.router = router;
    }

    Answer allocate(String call) {
        return post("/api/v1/allocate", JSON, "{\"call_sid\":\"" + call + "\"}");
    }

    Answer allocate(String call, String merchant) {
        return post("/api/v1/allocate", JSON, "{\"call_sid\":\"" + call + "\",\"merchant_id\":\"" + merchant + "\"}");
    }

    Answer release(String call) {
        return post("/api/v1/release", JSON, "{\"call_sid\":\"" + call + "\",\"reason\":\"call_completed\"}");
    }

    Answer drain(String pod) {
        return post("/api/v1/drain", JSON, "{\"pod_name\":\"" + pod + "\"}");
    }

    Answer undrain(String pod) {
        return post("/api/v1/undrain", JSON, "{\"pod_name\":\"" + pod + "\"}");
    }

    Answer status() {
        return get("/api/v1/status").is(200);
    }

    Answer call(String call) {
        return get("/api/v1/calls/" + call);
    }

    Answer pod(String pod) {
        return get("/api/v1/pod/" + pod);
    }

    /** A provider's webhook or status callback: a form. */
    Answer form(String path, String fields) {
        return post(path, FORM, fields);
    }

    Answer json(String path, String body) {
        return post(path, JSON, body);
    }

    Answer get(String path) {
        return send(request(path).GET());
    }

    Answer post(String path, String type, String body) {
        return send("POST", path, type, BodyPublishers.ofString(body));
    }

    Answer send(String method, String path, String type, BodyPublisher body) {
        return send(request(path).header("Content-Type", type).method(method, body));
    }

    Answer put(String path, String body, String... headers) {
        var request = request(path).PUT(BodyPublishers.ofString(body));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(router + path)).timeout(Duration.ofSeconds(10));
    }

    /** @throws UncheckedIOException if no answer came */
    private static Answer send(HttpRequest.Builder request) {
        var start = System.nanoTime();
        try {
            var response = CLIENT.send(request.build(), BodyHandlers.ofString());
            var took = Duration.ofNanos(System.nanoTime() - start);
            return new Answer(response.statusCode(), response.headers(), response.body(), took);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
