package dev.smartrouter.loadtest;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Who is asked: the routers that somebody named, or a stack of our own in a process that ends with this one. */
final class Target implements AutoCloseable {
    private final URI url;
    private final Optional<URI> admin;
    private final Optional<URI> desk;
    private final @Nullable Process stack;

    private Target(URI url, Optional<URI> admin, Optional<URI> desk, @Nullable Process stack) {
        this.url = url;
        this.admin = admin;
        this.desk = desk;
        this.stack = stack;
    }

    /**
     * @param pods of a stack of our own
     * @throws IllegalStateException if that cannot be started
     */
    static Target of(Settings settings, int pods) {
        return settings.url()
                .map(url -> new Target(url, settings.admin(), settings.desk(), null))
                .orElseGet(() -> start(pods, Map.of()));
    }

    /**
     * Two routers and a Redis, from the simulator's jar, which the property {@code simulator.jar} names.
     *
     * @param environment settings of the routers
     */
    static Target start(int pods, Map<String, String> environment) {
        var jar = Path.of(System.getProperty("simulator.jar", "simulator/target/fast/simulator.jar"));
        var command = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dsimulator.log=" + jar.resolveSibling("stack.log"),
                        "-jar",
                        jar.toString(),
                        "stack",
                        "--pods=" + pods)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        command.environment().putAll(environment);
        try {
            var process = command.start();
            var line = process.inputReader(StandardCharsets.UTF_8).readLine();
            if (line == null) throw new IllegalStateException("no stack: " + String.join(" ", command.command()));
            var said = new ObjectMapper().readTree(line);
            return new Target(
                    URI.create(said.path("url").asText()),
                    Optional.of(URI.create(said.path("admin").asText())),
                    Optional.of(URI.create(said.path("desk").asText())),
                    process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI url() {
        return url;
    }

    Optional<URI> admin() {
        return admin;
    }

    Optional<URI> desk() {
        return desk;
    }

    /** Ends the stack, if it is ours. */
    @Override
    public void close() {
        if (stack == null) return;
        try {
            stack.outputWriter(StandardCharsets.UTF_8).close();
            if (!stack.waitFor(30, TimeUnit.SECONDS)) stack.destroyForcibly();
        } catch (IOException e) {
            stack.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stack.destroyForcibly();
        }
    }
}
