package dev.smartrouter.simulator.router;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** A router in a process of its own, as it ships. It may not listen yet when it is made. */
final class ReplicaApart implements RouterReplica {
    private static final String MAIN = "dev.smartrouter.app.SmartRouterApplication";
    private static final Duration TERM = Duration.ofSeconds(60);
    /** Below those that systems give to outgoing connections. */
    private static final int LOWEST_PORT = 12_000;

    private static final int HIGHEST_PORT = 32_000;

    private final String name;
    private final Asking asking;
    private final int http = freePort();
    private final int metrics = freePort();
    private final Path log;
    private final Process process;
    private final Thread atExit;
    private volatile boolean leaving;

    /** @throws IllegalStateException if no process can be started */
    ReplicaApart(String name, FleetSettings settings, Asking asking) {
        this.name = name;
        this.asking = asking;
        try {
            log = Files.createTempFile(name + "-", ".log");
            var builder = new ProcessBuilder(command(settings))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().putAll(settings.environment());
            builder.environment()
                    .putAll(Map.of(
                            "POD_NAME", name,
                            "HTTP_PORT", Integer.toString(http),
                            "METRICS_PORT", Integer.toString(metrics)));
            process = builder.start();
        } catch (IOException e) {
            throw new IllegalStateException("no process can be started for " + name + ": " + e.getMessage(), e);
        }
        atExit = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    private static List<String> command(FleetSettings settings) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(settings.jvmOptions());
        var classes = System.getProperty("java.class.path");
        command.add("-cp");
        command.add(settings.shadow().map(path -> path + File.pathSeparator).orElse("") + classes);
        command.addAll(List.of(MAIN, "server"));
        return command;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public URI api() {
        return URI.create("http://localhost:" + http);
    }

    @Override
    public URI admin() {
        return URI.create("http://localhost:" + metrics);
    }

    @Override
    public boolean isReady() {
        return isAlive() && asking.isReady(api());
    }

    @Override
    public boolean isLeader() {
        return isAlive() && asking.isLeader(api());
    }

    @Override
    public boolean isAlive() {
        return !leaving && process.isAlive();
    }

    @Override
    public void kill() {
        leaving = true;
        process.destroyForcibly();
        await(TERM);
    }

    @Override
    public void pause() {
        signal("STOP");
    }

    @Override
    public void resume() {
        signal("CONT");
    }

    @Override
    public void stopGently() {
        leaving = true;
        process.destroy();
        if (!await(TERM)) kill();
    }

    /** Why it is not there any more, in the last words it said. */
    String lastWords() {
        try {
            var lines = Files.readAllLines(log);
            return lines.isEmpty() ? "it said nothing" : lines.getLast();
        } catch (IOException e) {
            return "its log cannot be read: " + e.getMessage();
        }
    }

    @Override
    public void close() {
        kill();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // this process ends: the hook runs, and does no harm
        }
        try {
            Files.deleteIfExists(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean await(Duration patience) {
        try {
            return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void signal(String signal) {
        try {
            var sent = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start();
            if (sent.waitFor() != 0) throw new IllegalStateException(name + " cannot be sent SIG" + signal);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int freePort() {
        while (true) {
            var port = ThreadLocalRandom.current().nextInt(LOWEST_PORT, HIGHEST_PORT);
            try (var socket = new ServerSocket(port, 1, InetAddress.getByName("0.0.0.0"))) {
                return socket.getLocalPort();
            } catch (IOException e) {
                // taken: another
            }
        }
    }
}
