package dev.smartrouter.scenario;

import dev.smartrouter.Machine;
import dev.smartrouter.app.RouterProcess;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A router of a town: one in this JVM, or one that is a process of its own and can be killed as such. */
interface Router extends AutoCloseable {
    URI api();

    URI admin();

    @Override
    void close();

    default Caller caller() {
        return new Caller(api());
    }

    default boolean isReady() {
        try {
            return caller().get("/ready").isOk();
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    default Router awaitReady() {
        Awaitility.await("router at " + api())
                .atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(20))
                .until(this::isReady);
        return this;
    }

    /** One in this JVM; it listens when this returns. */
    static Router here(Map<String, String> environment) {
        var router = RouterProcess.start(environment);
        return new Router() {
            @Override
            public URI api() {
                return router.api();
            }

            @Override
            public URI admin() {
                return router.admin();
            }

            @Override
            public void close() {
                router.close();
            }
        };
    }

    /** One that is a process of its own, as it ships; it may not listen yet when this returns. */
    static Separate apart(Map<String, String> environment, String... jvmOptions) {
        return new Separate(environment, List.of(jvmOptions));
    }

    /** A router in a process of its own. */
    final class Separate implements Router {
        private final int httpPort = Machine.freePort();
        private final int metricsPort = Machine.freePort();
        private final Path log;
        private final Process process;

        private Separate(Map<String, String> environment, List<String> jvmOptions) {
            try {
                log = Files.createTempFile("router-of-a-test", ".log");
                var command = new ArrayList<String>();
                command.add(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString());
                // it lives for seconds: what starts fastest
                command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx192m", "-Xshare:auto"));
                command.addAll(jvmOptions);
                command.addAll(List.of("-cp", classPath(), "dev.smartrouter.app.SmartRouterApplication", "server"));
                var builder =
                        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
                builder.environment().put("SHUTDOWN_DELAY", "0s");
                builder.environment().putAll(environment);
                builder.environment()
                        .putAll(Map.of(
                                "HTTP_PORT", Integer.toString(httpPort),
                                "METRICS_PORT", Integer.toString(metricsPort)));
                process = builder.start();
                Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public URI api() {
            return URI.create("http://localhost:" + httpPort);
        }

        @Override
        public URI admin() {
            return URI.create("http://localhost:" + metricsPort);
        }

        /** What it has said so far. */
        String log() {
            try {
                return Files.readString(log);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** {@code kill -9}, in the middle of whatever it does. */
        void kill() {
            process.destroyForcibly();
            try {
                process.waitFor(5, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        /** {@code kill -STOP}: it notices nothing until it thaws. */
        void freeze() {
            signal("STOP");
        }

        void thaw() {
            signal("CONT");
        }

        /** {@code kill -TERM}, as Kubernetes does it; whether it ended within this time. */
        boolean terminate(Duration grace) {
            process.destroy();
            try {
                return process.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        /** What its process has in memory; Linux only. */
        long residentMegabytes() {
            return Machine.residentMegabytes(process.pid());
        }

        private void signal(String name) {
            try {
                var sent = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
                if (sent.waitFor() != 0) throw new IllegalStateException("kill -" + name + " failed");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close() {
            kill();
            try {
                Files.deleteIfExists(log);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static String classPath() {
            var all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
            return String.join(
                    File.pathSeparator,
                    List.of(all.split(File.pathSeparator)).stream()
                            .filter(entry -> !entry.contains("test-classes"))
                            .toList());
        }
    }
}
