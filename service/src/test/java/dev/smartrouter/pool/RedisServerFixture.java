package dev.smartrouter.pool;

import dev.smartrouter.Machine;
import java.io.IOException;
import java.io.UncheckedIOException;
import redis.clients.jedis.Jedis;
import redis.embedded.RedisServer;

/** A real Redis of our own: one process for the whole test run, on a free port, gone when the run ends. */
public final class RedisServerFixture {
    private static final RedisServerFixture SHARED = new RedisServerFixture();

    private final RedisServer server;
    private final int port;

    private RedisServerFixture() {
        try {
            port = Machine.freePort();
            server = RedisServer.newRedisServer()
                    .port(port)
                    .setting("bind 127.0.0.1")
                    .setting("save \"\"")
                    .setting("appendonly no")
                    .setting("maxmemory-policy noeviction")
                    .setting("user " + String.join(" ", ShippedRedisUser.words()))
                    .build();
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop-redis"));
    }

    public static RedisServerFixture shared() {
        return SHARED;
    }

    public int port() {
        return port;
    }

    /** Where a router finds it, and as whom. */
    public String url() {
        return ShippedRedisUser.url(port);
    }

    /** A connection of the caller's own. */
    public Jedis connect() {
        return new Jedis("127.0.0.1", port);
    }

    private void stop() {
        try {
            server.stop();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
