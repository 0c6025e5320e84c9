package dev.smartrouter.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An agent as a pod runs it: a process of its own, which is told to stop by SIGTERM. */
class AgentCommandIT {
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final int media = FreePort.unless(0);
    private final int calls = FreePort.unless(0);
    private HttpServer router;
    private Process agent;

    @BeforeEach
    void start() throws IOException {
        router = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        router.createContext("/", exchange -> {
            try (exchange) {
                asked.add(exchange.getRequestURI().getPath() + " "
                        + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                var body = ("{\"active_calls\":" + (released() ? 0 : 1) + "}").getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        router.start();
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process =
                new ProcessBuilder(java, "-cp", System.getProperty("java.class.path"), Main.class.getName(), "agent");
        process.environment()
                .put(
                        "SMART_ROUTER_BASE_URL",
                        "http://localhost:" + router.getAddress().getPort());
        process.environment().put("POD_NAME", "voice-agent-3");
        process.environment().put("MEDIA_PORT", Integer.toString(media));
        process.environment().put("AGENT_PORT", Integer.toString(calls));
        agent = process.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        await("an agent that can be asked").until(() -> activeCalls().equals("{\"call_sids\":[]}"));
    }

    @AfterEach
    void stop() {
        agent.destroyForcibly();
        router.stop(0);
        http.shutdownNow();
    }

    @Test
    void itDrainsItselfAndWaitsForItsCallBeforeItEnds() throws Exception {
        var caller = http.newWebSocketBuilder()
                .buildAsync(
                        URI.create("ws://localhost:" + media + "/ws/pod/voice-agent-3/CA1"),
                        new WebSocket.Listener() {})
                .get(10, TimeUnit.SECONDS);
        await("the call").until(() -> activeCalls().contains("CA1"));

        agent.destroy();
        await("the drain").until(() -> asked.contains("/api/v1/drain {\"pod_name\":\"voice-agent-3\"}"));
        assertThat(agent.waitFor(1, TimeUnit.SECONDS))
                .as("it went with a live call")
                .isFalse();

        caller.sendClose(WebSocket.NORMAL_CLOSURE, "").get(10, TimeUnit.SECONDS);
        assertThat(agent.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(released()).isTrue();
    }

    @Test
    void itIsReachedFromOutsideItsPod() throws Exception {
        var elsewhere = InetAddress.getByName("127.9.9.9");
        try (var socket = new Socket(elsewhere, media)) {
            assertThat(socket.isConnected()).isTrue();
        }
    }

    private boolean released() {
        return asked.stream().anyMatch(one -> one.startsWith("/api/v1/release {") && one.contains("\"CA1\""));
    }

    private String activeCalls() throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + calls + "/active-calls"));
        try {
            return http.send(request.build(), BodyHandlers.ofString()).body();
        } catch (IOException e) {
            return ""; // not yet
        }
    }
}
