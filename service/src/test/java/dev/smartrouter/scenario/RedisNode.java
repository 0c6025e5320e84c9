package dev.smartrouter.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;
import redis.embedded.core.ExecutableProvider;

/** A Redis process that is part of something larger: a replica, a sentinel, a node of a cluster. */
final class RedisNode implements AutoCloseable {
    /** A cluster's node also listens on its port + 10,000. */
    private static final int HIGHEST_PORT = 55_000;

    private final int port;
    private final Path directory;
    private final Process process;

    private RedisNode(int port, Path directory, List<String> words) {
        this.port = port;
        this.directory = directory;
        try {
            var command = new ArrayList<String>();
            command.add(ExecutableProvider.newJarResourceProvider().get().getPath());
            command.addAll(words);
            process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("redis.out").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        Awaitility.await("redis on " + port)
                .atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(20))
                .until(this::answers);
    }

    /** A server; words are those of redis-server's command line, each by itself. */
    static RedisNode start(String... words) {
        var port = freePort();
        var all = new ArrayList<>(List.of("--port", Integer.toString(port), "--bind", "127.0.0.1", "--save", ""));
        all.addAll(List.of(words));
        return new RedisNode(port, directory(), all);
    }

    /** A sentinel that alone decides, half a second after the master fell silent. */
    static RedisNode sentinel(String master, int masterPort) {
        var port = freePort();
        var directory = directory();
        var file = directory.resolve("sentinel.conf");
        try {
            Files.writeString(file, """
                    port %1$d
                    bind 127.0.0.1
                    sentinel monitor %2$s 127.0.0.1 %3$d 1
                    sentinel down-after-milliseconds %2$s 500
                    sentinel failover-timeout %2$s 2000
                    """.formatted(port, master, masterPort));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new RedisNode(port, directory, List.of(file.toString(), "--sentinel"));
    }

    int port() {
        return port;
    }

    Jedis connect() {
        return new Jedis("127.0.0.1", port);
    }

    void awaitInfo(String section, String content) {
        Awaitility.await(content).atMost(Duration.ofSeconds(10)).until(() -> {
            try (var redis = connect()) {
                return redis.info(section).contains(content);
            }
        });
    }

    void kill() {
        process.destroyForcibly();
        try {
            process.waitFor(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        kill();
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted((a, b) -> b.compareTo(a)).toList()) Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean answers() {
        try (var redis = connect()) {
            return "PONG".equals(redis.ping());
        } catch (JedisException e) {
            return false;
        }
    }

    private static Path directory() {
        try {
            return Files.createTempDirectory("redis-of-a-test");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() {
        while (true) {
            try (var socket = new ServerSocket(0)) {
                if (socket.getLocalPort() <= HIGHEST_PORT) return socket.getLocalPort();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
