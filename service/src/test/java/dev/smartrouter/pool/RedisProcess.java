package dev.smartrouter.pool;

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

/** A Redis process of the test's own, which can be frozen, thawed, killed and started again on its data. */
public final class RedisProcess implements AutoCloseable {
    private final int port;
    private final Path directory;
    private final List<String> settings;
    private Process process;

    private RedisProcess(int port, Path directory, List<String> settings) {
        this.port = port;
        this.directory = directory;
        this.settings = settings;
        this.process = launch();
    }

    /** A fresh one. Settings are command-line words of redis-server, such as {@code --appendonly yes}. */
    public static RedisProcess start(String... settings) {
        try (var socket = new ServerSocket(0)) {
            var port = socket.getLocalPort();
            socket.close();
            return new RedisProcess(port, Files.createTempDirectory("redis-of-a-test"), List.of(settings));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return port;
    }

    /** Where a router finds it, and as whom. */
    public String url() {
        return ShippedRedisUser.url(port);
    }

    /** For those who ask what it costs. */
    public ProcessHandle handle() {
        return process.toHandle();
    }

    public Jedis connect() {
        return new Jedis("127.0.0.1", port);
    }

    /** Stops it in mid-breath; its connections stay and nobody answers. */
    public void freeze() {
        signal("STOP");
    }

    public void thaw() {
        signal("CONT");
    }

    /** As if the power went, for the process: nothing is saved that is not on disk. */
    public void kill() {
        process.destroyForcibly();
        try {
            process.waitFor(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Starts it again on what is on disk. */
    public void startAgain() {
        process = launch();
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

    private Process launch() {
        try {
            var command = new ArrayList<String>();
            command.add(ExecutableProvider.newJarResourceProvider().get().getPath());
            command.addAll(List.of("--port", Integer.toString(port), "--bind", "127.0.0.1", "--save", ""));
            command.addAll(List.of("--dir", directory.toString(), "--maxmemory-policy", "noeviction"));
            command.add("--user");
            command.addAll(ShippedRedisUser.words());
            for (var setting : settings) command.addAll(List.of(setting.split(" ")));
            var started = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("redis.out").toFile())
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
            Awaitility.await("redis on " + port)
                    .atMost(Duration.ofSeconds(10))
                    .pollInterval(Duration.ofMillis(20))
                    .until(this::answers);
            return started;
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

    private void signal(String name) {
        try {
            var done = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
            if (done.waitFor() != 0) throw new IllegalStateException("kill -" + name + " failed");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
