package dev.smartrouter.simulator.agent;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A pod's port at its own address, where it says which calls it has: {@code GET /active-calls} gives
 * {@code {"call_sids":[…]}}. Pods have addresses in 127.0.0.0/8, which only Linux lends without being asked.
 */
final class OwnPort implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(OwnPort.class);
    private static final AtomicBoolean warned = new AtomicBoolean();
    private static final ObjectMapper json = new ObjectMapper();

    private final InetSocketAddress address;
    private final AgentPod pod;
    private @Nullable HttpServer server;

    /** @param port 0 for none */
    OwnPort(String ip, int port, AgentPod pod) {
        this.address = new InetSocketAddress(ip, port);
        this.pod = pod;
    }

    /** If it cannot be had, the pod goes without it; the first one says why. */
    synchronized void open() {
        if (address.getPort() == 0) return;
        try {
            server = HttpServer.create(address, 0);
            server.createContext("/active-calls", exchange -> {
                if (!pod.stall().holds(() -> answer(exchange))) answer(exchange);
            });
            server.start();
        } catch (IOException e) {
            if (!warned.getAndSet(true)) {
                log.warn("no agent can be asked for its calls: {} cannot be had ({})", address, e.getMessage());
            }
        }
    }

    private void answer(HttpExchange exchange) {
        try (exchange) {
            var body = json.writeValueAsBytes(Map.<String, List<String>>of("call_sids", pod.sids()));
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        } catch (IOException e) {
            log.debug("{} asked and did not wait for the answer", exchange.getRemoteAddress(), e);
        }
    }

    @Override
    public synchronized void close() {
        if (server != null) server.stop(0);
    }
}
