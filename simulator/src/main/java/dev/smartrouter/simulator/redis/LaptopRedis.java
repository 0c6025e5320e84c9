package dev.smartrouter.simulator.redis;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;
import redis.embedded.RedisServer;

/** A real Redis in a process of our own, or the one that somebody named. */
public final class LaptopRedis implements AutoCloseable {
    private static final int PORT = 6379;

    private final RedisAddress address;
    private final @Nullable RedisServer server;

    private LaptopRedis(RedisAddress address, @Nullable RedisServer server) {
        this.address = address;
        this.server = server;
    }

    /**
     * Our own is on port 6379, if that is free.
     *
     * @param named its URL; null: our own
     * @throws IllegalStateException if it cannot be started here, or the named one does not answer
     * @throws IllegalArgumentException if it is named wrongly
     */
    public static LaptopRedis startUnless(@Nullable String named) {
        if (named == null || named.isBlank()) return start(isFree(PORT) ? PORT : 0);
        var redis = new LaptopRedis(RedisAddress.parse(named), null);
        redis.ask(Jedis::ping);
        return redis;
    }

    /**
     * Our own, with nothing in it.
     *
     * @param port 0: any free one
     * @throws IllegalStateException if it cannot be started here
     */
    public static LaptopRedis start(int port) {
        try {
            var chosen = port == 0 ? freePort() : port;
            var server = RedisServer.newRedisServer()
                    .port(chosen)
                    .setting("bind 127.0.0.1")
                    .setting("save \"\"")
                    .setting("appendonly no")
                    .setting("maxmemory-policy noeviction")
                    .build();
            server.start();
            return new LaptopRedis(RedisAddress.parse("redis://localhost:" + chosen), server);
        } catch (IOException e) {
            throw new IllegalStateException(
                    "the embedded Redis cannot run here (" + e.getMessage() + "); set REDIS_URL to one that does", e);
        }
    }

    public RedisAddress address() {
        return address;
    }

    public String url() {
        return address.toString();
    }

    /** @throws IllegalStateException if it does not answer */
    public void flush() {
        ask(Jedis::flushDB);
    }

    /**
     * Ends it and starts it again, empty.
     *
     * @throws IllegalStateException if somebody else started it, or it does not start
     */
    public void restart() {
        if (server == null) {
            throw new IllegalStateException("the Redis at " + address.shown()
                    + " is not the simulator's to restart: leave REDIS_URL unset, or flush it");
        }
        try {
            server.stop();
            server.start();
        } catch (IOException e) {
            throw new IllegalStateException("the embedded Redis did not start again: " + e.getMessage(), e);
        }
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

    private void ask(Function<Jedis, String> command) {
        try (var jedis = address.connect()) {
            var unused = command.apply(jedis);
        } catch (JedisException e) {
            throw new IllegalStateException(
                    "Redis at " + address.shown() + " does not answer (" + e.getMessage() + "): is REDIS_URL right?",
                    e);
        }
    }

    private static boolean isFree(int port) {
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
