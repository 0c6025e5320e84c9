package dev.smartrouter.k3s;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** This machine's nginx with the configuration that ships; only what its template leaves open is filled in. */
final class Nginx implements AutoCloseable {
    static final String MISSING = "no nginx on this machine (Debian: apt-get install nginx)";

    private static final Path TEMPLATE = Path.of("manifests/base/nginx/nginx.conf.template");
    private static final Pattern PLACE = Pattern.compile("\\$\\{([A-Z_]+)}");

    private final int port;
    private final Path folder;
    private final Process process;

    private Nginx(int port, Path folder, Process process) {
        this.port = port;
        this.folder = folder;
        this.process = process;
    }

    /** For {@code @EnabledIf}. */
    static boolean isHere() {
        return binary().isPresent();
    }

    /**
     * Starts one that listens when this returns.
     *
     * @param router host:port
     * @param agents what follows a pod's name, {@code .domain:port}
     * @param resolver host:port of who knows these names
     * @param trusted lines of {@code trusted-proxies.conf}
     */
    static Nginx start(String router, String agents, String resolver, String trusted) {
        return start(router, agents, resolver, trusted, "optional");
    }

    /** @param passes {@code required} or {@code optional} */
    static Nginx start(String router, String agents, String resolver, String trusted, String passes) {
        var port = freePort();
        var probes = freePort();
        try {
            var folder = Files.createTempDirectory("nginx-of-a-test");
            Files.writeString(folder.resolve("trusted-proxies.conf"), trusted);
            var places = Map.of(
                    "STREAM_PASSES",
                    passes,
                    "LISTEN",
                    "127.0.0.1:" + port,
                    "PROBES",
                    "127.0.0.1:" + probes,
                    "ROUTER",
                    router,
                    "AGENT_HOSTS",
                    agents,
                    "NGINX_LOCAL_RESOLVERS",
                    resolver,
                    "CONFIG",
                    folder.toString());
            var text = PLACE.matcher(Files.readString(TEMPLATE))
                    .replaceAll(place -> Matcher.quoteReplacement(places.get(place.group(1))));
            var config = Files.writeString(folder.resolve("nginx.conf"), text);
            var process = new ProcessBuilder(
                            binary().orElseThrow().toString(),
                            "-p",
                            folder.toString(),
                            "-c",
                            config.toString(),
                            "-g",
                            "daemon off;")
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log").toFile())
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
            var nginx = new Nginx(port, folder, process);
            Awaitility.await("nginx").atMost(Duration.ofSeconds(20)).until(() -> {
                if (!nginx.isAlive()) throw new IllegalStateException("nginx ended: " + nginx.log());
                return nginx.listensOn(probes);
            });
            return nginx;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return port;
    }

    /** What it has written so far, the access log above all. */
    String log() {
        try {
            return Files.readString(folder.resolve("log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SIGQUIT, as its image stops: no new connections, and it ends after its last one. */
    void quit() {
        try {
            var sent = new ProcessBuilder("kill", "-QUIT", Long.toString(process.pid())).start();
            if (sent.waitFor() != 0) throw new IllegalStateException("kill -QUIT failed");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    boolean listens() {
        return listensOn(port);
    }

    private boolean listensOn(int anyPort) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", anyPort), 200);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** SIGTERM: its workers end with it. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) process.destroyForcibly();
            try (var files = Files.walk(folder)) {
                for (var file : files.sorted((a, b) -> b.compareTo(a)).toList()) Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Debian keeps it where only root's PATH leads. */
    private static Optional<Path> binary() {
        return Stream.concat(
                        Stream.of(System.getenv("PATH").split(":")),
                        Stream.of("/usr/sbin", "/usr/local/sbin", "/opt/homebrew/bin"))
                .map(folder -> Path.of(folder, "nginx"))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
