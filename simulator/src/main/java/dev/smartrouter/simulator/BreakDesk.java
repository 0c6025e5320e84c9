package dev.smartrouter.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.smartrouter.simulator.scenario.Breakage;
import dev.smartrouter.simulator.scenario.Deed;
import dev.smartrouter.simulator.scenario.WrongScenarioException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** Where the running world is told what to suffer: {@code POST /break?what=kill-pod&pod=3}. Only this machine may ask. */
final class BreakDesk implements AutoCloseable {
    private final HttpServer server;
    private final World world;
    private final Deeds deeds;

    /** @throws IllegalStateException if the port is taken */
    BreakDesk(int port, World world, Deeds deeds) {
        this.world = world;
        this.deeds = deeds;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new IllegalStateException(
                    "port " + port + " is in use (for 'break'): stop what has it, or choose another with --desk", e);
        }
        server.createContext("/break", this::answer);
        server.start();
    }

    URI uri() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (exchange.getRequestMethod().equals("POST")) say(exchange, query(exchange.getRequestURI()));
            else say(exchange, 405, "POST it");
        }
    }

    private void say(HttpExchange exchange, Map<String, String> asked) throws IOException {
        Deed deed;
        try {
            deed = Breakage.of(
                    asked.getOrDefault("what", ""),
                    arguments(asked),
                    world.pods(),
                    world.routers().replicas().size(),
                    ThreadLocalRandom.current().nextLong());
        } catch (WrongScenarioException e) {
            say(exchange, 400, String.valueOf(e.getMessage()));
            return;
        }
        var unused = deeds.start(deed);
        say(exchange, 202, Deeds.words(deed));
    }

    private static Map<String, String> arguments(Map<String, String> asked) {
        var arguments = new LinkedHashMap<>(asked);
        arguments.remove("what");
        return arguments;
    }

    private static Map<String, String> query(URI uri) {
        var arguments = new LinkedHashMap<String, String>();
        if (uri.getRawQuery() == null) return arguments;
        for (var pair : uri.getRawQuery().split("&")) {
            var parts = pair.split("=", 2);
            arguments.put(
                    URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
                    parts.length < 2 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return arguments;
    }

    private static void say(HttpExchange exchange, int status, String words) throws IOException {
        var body = (words + "\n").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
