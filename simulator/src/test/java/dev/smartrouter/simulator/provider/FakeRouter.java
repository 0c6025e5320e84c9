package dev.smartrouter.simulator.provider;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** Answers webhooks as a test wants them answered, and writes down what it was sent. */
final class FakeRouter implements AutoCloseable {
    private static final Pattern SID = Pattern.compile("Call(?:Sid|UUID)\"?[=:]\"?([A-Za-z0-9]+)");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch forever = new CountDownLatch(1);
    private final AtomicInteger asks = new AtomicInteger();
    final Queue<String> statuses = new ConcurrentLinkedQueue<>();
    final Queue<String> webhooks = new ConcurrentLinkedQueue<>();
    volatile Answering answering;
    volatile int statusFailures;

    /** What to answer to which ask of a call; the first is 1. */
    interface Answering {
        Reply answer(Telephony telephony, String sid, int ask);
    }

    FakeRouter(Answering answering) throws IOException {
        this.answering = answering;
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 1000);
        server.setExecutor(threads);
        server.createContext("/", this::take);
        server.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** That this pod is the call's. */
    static Reply stream(Telephony telephony, URI socket) {
        return switch (telephony) {
            case TWILIO ->
                Reply.Came.of(
                        200,
                        "application/xml",
                        "<Response><Connect><Stream url=\"" + socket + "\"></Stream></Connect></Response>");
            case PLIVO ->
                Reply.Came.of(
                        200,
                        "application/xml",
                        "<Response><Stream bidirectional=\"true\" keepCallAlive=\"true\""
                                + " contentType=\"audio/x-mulaw;rate=8000\">" + socket + "</Stream></Response>");
            case EXOTEL -> Reply.Came.of(200, "application/json", "{\"url\":\"" + socket + "\"}");
        };
    }

    static Reply apology(Telephony telephony) {
        return switch (telephony) {
            case TWILIO -> Reply.Came.of(200, "text/xml", "<Response><Say>Sorry</Say><Hangup/></Response>");
            case PLIVO -> Reply.Came.of(200, "text/xml", "<Response><Speak>Sorry</Speak><Hangup/></Response>");
            case EXOTEL -> Reply.Came.of(503, "application/json", "{\"error\":\"no pods available\"}");
        };
    }

    /** The connection breaks without an answer. */
    static Reply none() {
        return new Reply.Lost("none");
    }

    /** The connection stays open without an answer. */
    static Reply never() {
        return new Reply.Lost("never");
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            var target = exchange.getRequestURI().toString();
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (target.contains("/status")) {
                statuses.add(target + " " + body);
                exchange.sendResponseHeaders(statuses.size() <= statusFailures ? 500 : 204, -1);
                return;
            }
            webhooks.add(exchange.getRequestMethod() + " " + target + " " + body);
            var telephony = List.of(Telephony.values()).stream()
                    .filter(each -> target.contains("/" + each.lower() + "/"))
                    .findFirst()
                    .orElseThrow();
            answer(exchange, answering.answer(telephony, sidOf(target + " " + body), asks.incrementAndGet()));
        }
    }

    private void answer(HttpExchange exchange, Reply reply) throws IOException {
        if (!(reply instanceof Reply.Came came)) {
            if (reply.equals(never())) await();
            return;
        }
        if (!came.type().isEmpty()) exchange.getResponseHeaders().set("Content-Type", came.type());
        exchange.sendResponseHeaders(came.status(), came.body().length == 0 ? -1 : came.body().length);
        exchange.getResponseBody().write(came.body());
    }

    private void await() {
        try {
            forever.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String sidOf(String text) {
        var sid = SID.matcher(URLDecoder.decode(text, StandardCharsets.UTF_8));
        if (!sid.find()) throw new IllegalStateException("no sid in " + text);
        return sid.group(1);
    }

    @Override
    public void close() {
        forever.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
