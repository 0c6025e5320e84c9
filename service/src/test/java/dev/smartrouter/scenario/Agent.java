package dev.smartrouter.scenario;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The agent of one pod, at the pod's own address on this machine: it says which calls it has. */
final class Agent implements AutoCloseable {
    private final Set<String> calls = ConcurrentHashMap.newKeySet();
    private final HttpServer server;

    /** @param port the same for all agents; 0 takes a free one, which the others then share */
    Agent(String pod, int port) {
        try {
            server = HttpServer.create(new InetSocketAddress(VoiceAgents.ip(pod), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/active-calls", exchange -> {
            var sids = calls.stream().map(call -> '"' + call + '"').collect(Collectors.joining(","));
            var body = ("{\"call_sids\":[" + sids + "]}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    Agent has(String... sids) {
        calls.clear();
        calls.addAll(Set.of(sids));
        return this;
    }

    int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
