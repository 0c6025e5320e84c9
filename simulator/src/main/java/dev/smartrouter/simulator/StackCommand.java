package dev.smartrouter.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Routers for whoever measures them from another process: says where they are in one line of JSON, suffers what
 * {@code POST /suffer/freeze-redis} and the like ask for, and ends when its standard input does, so never outlives whoever
 * started it.
 */
@Command(name = "stack", description = "Starts a Redis and routers for a load test; until its input ends.")
final class StackCommand implements Callable<Integer> {
    private static final String PATH = "/suffer/";

    @Option(names = "--routers", defaultValue = "2", description = "how many, each a process")
    private int routers;

    @Option(names = "--pods", defaultValue = "500", description = "how many, in pools of every kind")
    private int pods;

    @Override
    public Integer call() throws IOException {
        try (var stack = new Stack(routers, new HandSetPools(pods));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var desk = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            desk.setExecutor(threads);
            desk.createContext(PATH, exchange -> answer(stack, exchange));
            desk.start();
            System.out.printf(
                    "{\"url\":\"%s\",\"admin\":\"%s\",\"desk\":\"http://localhost:%d\"}%n",
                    stack.api(), stack.admin(), desk.getAddress().getPort());
            System.in.transferTo(System.err);
            desk.stop(0);
            return 0;
        }
    }

    private static void answer(Stack stack, HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!exchange.getRequestMethod().equals("POST")) {
                say(exchange, 405, "POST it");
                return;
            }
            stack.suffer(exchange.getRequestURI().getPath().substring(PATH.length()));
            say(exchange, 200, "done");
        } catch (IllegalArgumentException e) {
            say(exchange, 400, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            say(exchange, 500, String.valueOf(e.getMessage()));
        }
    }

    private static void say(HttpExchange exchange, int status, String words) throws IOException {
        var body = (words + "\n").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }
}
