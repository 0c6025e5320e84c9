package dev.smartrouter.simulator.router;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way in from outside, as nginx is in a cluster: it passes a webhook on to the routers' Service; if the router dies
 * with it, it asks another, since the same call gets the same pod; and if none answers, it apologises itself, in the
 * provider's own way. A caller is never left without an answer because one router was killed.
 */
public final class PublicDoor implements AutoCloseable {
    /** As the shipped nginx has it: longer than a router waits for its store. */
    private static final Duration PATIENCE = Duration.ofMillis(4_500);

    private static final Logger log = LoggerFactory.getLogger(PublicDoor.class);
    private static final int TRIES = 2;
    private static final Set<String> PASSED =
            Set.of("content-type", "x-twilio-signature", "x-plivo-signature-v3", "x-plivo-signature-v3-nonce");
    private static final String TWIML =
            "<Response><Say>We are sorry, please call again later.</Say><Hangup/></Response>";
    private static final String PLIVO =
            "<Response><Speak>We are sorry, please call again later.</Speak><Hangup/></Response>";

    private final URI service;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(1))
            .build();

    /**
     * On any free port.
     *
     * @param service of the routers
     * @throws IllegalStateException if no port is free
     */
    public PublicDoor(URI service) {
        this.service = service;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException("no port is free for the public door: " + e.getMessage(), e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::pass);
        server.start();
    }

    public URI uri() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            var request = request(exchange);
            var answer = ask(request);
            for (int i = 1; i < TRIES && !isAnswer(request, answer); i++) answer = ask(request);
            if (answer == null || !isAnswer(request, answer)) {
                apologise(exchange);
                return;
            }
            answer.headers()
                    .firstValue("Content-Type")
                    .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
            say(exchange, answer.statusCode(), answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            log.error("a request was not passed on: {}", exchange.getRequestURI(), e);
            apologise(exchange);
        }
    }

    private HttpRequest request(HttpExchange exchange) throws IOException {
        var request = HttpRequest.newBuilder(
                        service.resolve(exchange.getRequestURI().toString()))
                .timeout(PATIENCE)
                .method(
                        exchange.getRequestMethod(),
                        BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (PASSED.contains(name.toLowerCase(Locale.ROOT))) request.header(name, values.getFirst());
        });
        return request.build();
    }

    private @Nullable HttpResponse<byte[]> ask(HttpRequest request) throws InterruptedException {
        try {
            return client.send(request, BodyHandlers.ofByteArray());
        } catch (IOException e) {
            return null; // the router died, or takes too long: another may do better
        }
    }

    /** A router that is stopping refuses with 503; to Exotel that is also how a router says that it has no pod. */
    private static boolean isAnswer(HttpRequest request, @Nullable HttpResponse<byte[]> answer) {
        if (answer == null) return false;
        return answer.statusCode() < 500 || answer.statusCode() == 503 && !speaks(request.uri());
    }

    private static boolean speaks(URI uri) {
        return uri.getPath().contains("/twilio/") || uri.getPath().contains("/plivo/");
    }

    private static void apologise(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath();
        if (speaks(exchange.getRequestURI())) {
            exchange.getResponseHeaders().set("Content-Type", "application/xml");
            say(exchange, 200, (path.contains("/plivo/") ? PLIVO : TWIML).getBytes(StandardCharsets.UTF_8));
        } else {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            say(exchange, 503, "{\"error\":\"no router answers\"}".getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void say(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        client.shutdownNow();
    }
}
