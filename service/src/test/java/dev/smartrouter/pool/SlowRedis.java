package dev.smartrouter.pool;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Duration;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.commands.ProtocolCommand;

/**
 * Makes a Redis slow without a cost: it sleeps so long, serves what has come meanwhile, and sleeps again. What it can
 * serve is then a matter of its naps and not of this machine.
 */
public final class SlowRedis implements AutoCloseable {
    private static final ProtocolCommand DEBUG = () -> "DEBUG".getBytes(US_ASCII);

    private final Connection connection;
    private final String seconds;
    private final Thread thread;
    private volatile boolean awake;

    /** @param nap how long each time */
    public SlowRedis(RedisProcess redis, Duration nap) {
        connection = new Connection(
                new HostAndPort("127.0.0.1", redis.port()),
                DefaultJedisClientConfig.builder().socketTimeoutMillis(10_000).build());
        seconds = Double.toString(nap.toNanos() / 1e9);
        thread = Thread.ofPlatform().daemon().name("naps").start(this::serve);
    }

    private void serve() {
        while (!awake) {
            connection.sendCommand(DEBUG, "SLEEP", seconds);
            connection.getOne();
        }
    }

    @Override
    public void close() {
        awake = true;
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        connection.close();
    }
}
