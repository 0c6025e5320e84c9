package dev.smartrouter.simulator.router;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** A kubeconfig's text, as far as a proxy needs to know it: where its server is, if that speaks without TLS. */
record Kubeconfig(String text) {
    private static final Pattern SERVER = Pattern.compile("http://([^:/\"'\\s]+):(\\d+)");

    static Kubeconfig read(Path file) {
        try {
            return new Kubeconfig(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Empty if a proxy cannot stand in front of it. */
    Optional<InetSocketAddress> server() {
        var found = SERVER.matcher(text);
        return found.find()
                ? Optional.of(new InetSocketAddress(found.group(1), Integer.parseInt(found.group(2))))
                : Optional.empty();
    }

    /** The same, through a port of this machine; a file of its own. */
    Path through(int port) {
        try {
            var file = Files.createTempFile("kubeconfig-of-router", ".yml");
            return Files.writeString(file, SERVER.matcher(text).replaceAll("http://127.0.0.1:" + port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
