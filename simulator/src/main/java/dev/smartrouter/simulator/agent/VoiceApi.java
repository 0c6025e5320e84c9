package dev.smartrouter.simulator.agent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.smartrouter.CallSid;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The agents' HTTP endpoint, which is no pod's own:
 *
 * <ul>
 *   <li>{@code POST /voice/allocate}, a body as for the router's: 200 with {@code call_sid}, {@code isolated},
 *       {@code pod_name} and {@code ws_url}, and {@code why} if it is not isolated; or with {@code webhook_url} where
 *       Twilio is to ask the router itself; 503 if the call can go nowhere
 *   <li>{@code POST /voice/status/{twilio|plivo|exotel}}, a form: 204; a call that is over is released
 *   <li>{@code GET} and {@code PUT /voice/config}: the flags
 * </ul>
 *
 * <p>400 says what is wrong with a request.
 */
final class VoiceApi implements AutoCloseable {
    private static final int LARGEST_BODY = 16 * 1024;
    private static final ObjectMapper json = new ObjectMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Placing placing;
    private final SettableConfig config;
    private final Surroundings around;

    /** @throws UncheckedIOException if the port cannot be had */
    VoiceApi(Placing placing, SettableConfig config, Surroundings around) {
        this.placing = placing;
        this.config = config;
        this.around = around;
        var port = around.settings().ports().api();
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("the agents' API cannot listen on port " + port, e);
        }
        server.setExecutor(threads);
        server.createContext("/voice/", this::serve);
        server.start();
    }

    URI uri() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    private record Reply(int status, JsonNode body) {}

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            var reply = reply(exchange);
            var bytes = reply.status == 204 ? new byte[0] : json.writeValueAsBytes(reply.body);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(reply.status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private Reply reply(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath();
        var body = exchange.getRequestBody().readNBytes(LARGEST_BODY);
        try {
            return switch (exchange.getRequestMethod() + " " + path) {
                case "POST /voice/allocate" -> allocate(json.readTree(body));
                case "GET /voice/config" -> new Reply(200, config.toJson());
                case "PUT /voice/config" -> {
                    config.merge(json.readTree(body));
                    yield new Reply(200, config.toJson());
                }
                case "POST /voice/status/twilio", "POST /voice/status/plivo", "POST /voice/status/exotel" ->
                    status(path.substring("/voice/status/".length()), new String(body, StandardCharsets.UTF_8));
                default -> error(404, "no such thing: " + exchange.getRequestMethod() + " " + path);
            };
        } catch (JsonProcessingException e) {
            return error(400, "invalid request body");
        } catch (IllegalArgumentException e) {
            return error(400, String.valueOf(e.getMessage()));
        }
    }

    private Reply allocate(JsonNode body) {
        var merchant = body.path("merchant_id").asText();
        var call = new AllocateRequest(
                new CallSid(body.path("call_sid").asText()).value(),
                merchant.isEmpty() ? body.path("reseller_id").asText() : merchant,
                body.path("provider").asText("exotel"),
                body.path("flow").asText("v2"),
                body.path("template").asText());
        var answer = json.createObjectNode().put("call_sid", call.callSid());
        return switch (placing.place(call)) {
            case Placement.Isolated(var pod, var socket) -> socket(answer.put("isolated", true), pod, socket);
            case Placement.NotIsolated(var pod, var socket, var why) ->
                socket(answer.put("isolated", false).put("why", why), pod, socket);
            case Placement.Direct(var webhook) ->
                new Reply(200, answer.put("isolated", true).put("webhook_url", webhook.toString()));
            case Placement.Nowhere(var why) -> error(503, why);
        };
    }

    private static Reply socket(ObjectNode answer, String pod, URI socket) {
        return new Reply(200, answer.put("pod_name", pod).put("ws_url", socket.toString()));
    }

    private Reply status(String provider, String form) {
        var report = StatusReport.read(provider, form)
                .orElseThrow(() -> new IllegalArgumentException("no call, or no status"));
        if (report.over()) {
            var way = ReleasePath.STATUS_CALLBACK;
            around.settings()
                    .habits()
                    .apply(report.sid())
                    .delay(way)
                    .ifPresent(delay -> around.releases().after(delay, report.sid(), way, "status_" + report.status()));
        }
        return new Reply(204, json.createObjectNode());
    }

    private static Reply error(int status, String why) {
        return new Reply(status, json.createObjectNode().put("error", why));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
