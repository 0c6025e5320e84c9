package dev.smartrouter.simulator;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;
import redis.embedded.RedisServer;

/** A real Redis in a process of our own, on port 6379 if that is free; or the one that somebody named. */
final class LaptopRedis implements AutoCloseable {
    private static final int PORT = 6379;

    private final String url;
    private final @Nullable RedisServer server;

    private LaptopRedis(String url, @Nullable RedisServer server) {
        this.url = url;
        this.server = server;
    }

    /** @throws IllegalStateException if it cannot be started here */
    static LaptopRedis startUnless(@Nullable String named) {
        if (named != null) return new LaptopRedis(named, null);
        try {
            var port = isFree(PORT) ? PORT : freePort();
            var server = RedisServer.newRedisServer()
                    .port(port)
                    .setting("bind 127.0.0.1")
                    .setting("save \"\"")
                    .setting("appendonly no")
                    .setting("maxmemory-policy noeviction")
                    .build();
            server.start();
            return new LaptopRedis("redis://localhost:" + port, server);
        } catch (IOException e) {
            throw new IllegalStateException(
                    "the embedded Redis cannot run here (" + e.getMessage() + "); set REDIS_URL to one that does", e);
        }
    }

    String url() {
        return url;
    }

    @Override
    public void close() {
        if (server == null) return;
        try {
            server.stop();
        } catch (IOException e) {
            System.err.println("the embedded Redis did not stop: " + e.getMessage());
        }
    }

    private static boolean isFree(int port) throws UnknownHostException {
        try (var socket = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }
}
