package dev.smartrouter.bench;

import dev.smartrouter.Machine;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.awaitility.Awaitility;

/** A router in a process of its own, with the options and settings that ship; somebody reads its log, as in a cluster. */
final class RouterApart implements AutoCloseable {
    static final List<String> SHIPPED =
            List.of("-XX:+UseSerialGC", "-XX:CompileThresholdScaling=3", "-Xmx192m", "-XX:+ExitOnOutOfMemoryError");

    private final HttpClient http = HttpClient.newHttpClient();
    private final int port = Machine.freePort();
    private final int adminPort = Machine.freePort();
    private final LongAdder logged = new LongAdder();
    private final Process process;

    RouterApart(String redisUrl, Map<String, String> settings, String... options) {
        this(
                redisUrl,
                settings,
                List.of(options),
                List.of("-cp", System.getProperty("java.class.path"), "dev.smartrouter.app.BenchedRouter"));
    }

    RouterApart(String redisUrl, Map<String, String> settings, List<String> options, List<String> main) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(SHIPPED);
        command.addAll(options);
        command.addAll(main);
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment()
                .putAll(Map.of(
                        "HTTP_PORT",
                        Integer.toString(port),
                        "METRICS_PORT",
                        Integer.toString(adminPort),
                        "REDIS_URL",
                        redisUrl,
                        "VOICE_AGENT_BASE_URL",
                        "wss://voice.example.com",
                        "KUBERNETES_ENABLED",
                        "false",
                        "SHUTDOWN_DELAY",
                        "0s"));
        builder.environment().putAll(settings);
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        Thread.ofPlatform().daemon().name("log reader").start(this::readLog);
    }

    private void readLog() {
        try (var log = process.getInputStream()) {
            log.transferTo(new OutputStream() {
                @Override
                public void write(int one) {
                    logged.increment();
                }

                @Override
                public void write(byte[] bytes, int from, int length) {
                    logged.add(length);
                }
            });
        } catch (IOException e) {
            // it has gone
        }
    }

    /** It serves calls. */
    RouterApart awaitReady() {
        return await("/ready");
    }

    /** It answers at all. */
    RouterApart awaitAlive() {
        return await("/health");
    }

    private RouterApart await(String path) {
        Awaitility.await("router")
                .atMost(Duration.ofSeconds(60))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .ignoreExceptions()
                .until(() -> get(port, path).statusCode() == 200);
        return this;
    }

    /** As Kubernetes stops it. */
    void stop() {
        process.destroy();
        try {
            process.waitFor(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private HttpResponse<String> get(int at, String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + at + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** A figure without labels, as its metrics page has it now. */
    double figure(String name) {
        try {
            return get(adminPort, "/metrics")
                    .body()
                    .lines()
                    .filter(line -> line.startsWith(name + " "))
                    .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no metric " + name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Seconds of processor time that it has had. */
    double cpuSeconds() {
        return cpuSeconds(process.toHandle());
    }

    static double cpuSeconds(ProcessHandle process) {
        return process.info().totalCpuDuration().orElseThrow().toNanos() / 1e9;
    }

    /** Bytes that it has logged. */
    long logged() {
        return logged.sum();
    }

    /** What its process has resident, in MB; Linux only. */
    long residentMegabytes() {
        return Machine.residentMegabytes(process.pid());
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
