package dev.smartrouter.simulator.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** Whoever speaks HTTP to the agents. */
final class Form {
    private static final HttpClient http = HttpClient.newHttpClient();

    private final URI base;

    Form(URI base) {
        this.base = base;
    }

    /** @return the status */
    int post(String path, String form) {
        return send("POST", path, form).statusCode();
    }

    HttpResponse<String> send(String method, String path, String body) {
        var request = HttpRequest.newBuilder(base.resolve(path)).method(method, BodyPublishers.ofString(body));
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
