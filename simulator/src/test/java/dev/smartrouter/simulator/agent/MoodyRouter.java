package dev.smartrouter.simulator.agent;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A router that answers as it is told to, and remembers what it was asked. */
final class MoodyRouter implements AutoCloseable {
    static final String POD = "{\"pod_name\":\"voice-agent-0\",\"ws_url\":\"ws://h/ws/pod/voice-agent-0/CA1\"}";
    static final int SILENT = 0;

    private static final Answer RELEASED = new Answer(200, "{\"success\":true}");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch over = new CountDownLatch(1);
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final Queue<Answer> moods = new ConcurrentLinkedQueue<>();
    private final Map<String, Answer> always = new ConcurrentHashMap<>(Map.of(
            "/api/v1/allocate", new Answer(200, POD),
            "/api/v1/drain", new Answer(200, "{\"success\":true,\"active_calls\":0}")));

    /** @param nanos when, by the clock that only measures */
    record Asked(String path, String body, String key, long nanos) {}

    private record Answer(int status, String body) {}

    MoodyRouter() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    URI uri() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    /** The next requests get these, in this order; 200 is a pod. */
    MoodyRouter then(int... statuses) {
        for (var status : statuses) then(status, status == 200 ? POD : "{\"error\":\"moody\"}");
        return this;
    }

    MoodyRouter then(int status, String body) {
        moods.add(new Answer(status, body));
        return this;
    }

    /** All requests there get this, unless something else comes before. */
    MoodyRouter always(String path, int status, String body) {
        always.put(path, new Answer(status, body));
        return this;
    }

    List<Asked> asked(String path) {
        return asked.stream().filter(one -> one.path.equals(path)).toList();
    }

    List<String> releases() {
        return asked("/api/v1/release").stream().map(Asked::body).toList();
    }

    private void answer(HttpExchange exchange) throws IOException {
        var nanos = System.nanoTime();
        var path = exchange.getRequestURI().getPath();
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        var key = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        asked.add(new Asked(path, body, key, nanos));
        var mood = moods.poll();
        var answer = mood != null ? mood : always.getOrDefault(path, RELEASED);
        try (exchange) {
            if (answer.status == SILENT) {
                var unused = over.await(20, TimeUnit.SECONDS);
                return;
            }
            var bytes = answer.body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        over.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
