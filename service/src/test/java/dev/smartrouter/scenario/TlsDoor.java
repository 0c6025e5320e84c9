package dev.smartrouter.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/** A door of TLS before a server that speaks none, with a certificate that it signed itself. */
final class TlsDoor implements AutoCloseable {
    private static final String PASSWORD = "changeit";

    private final Path store;
    private final SSLServerSocket door;
    private final int behind;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private TlsDoor(Path store, SSLServerSocket door, int behind) {
        this.store = store;
        this.door = door;
        this.behind = behind;
        Thread.ofVirtual().name("tls-door").start(this::let);
    }

    static TlsDoor before(int port) {
        try {
            var store = Files.createTempDirectory("tls-of-a-test").resolve("store.p12");
            keytool(store);
            var keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
            var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(keys, PASSWORD.toCharArray());
            var context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            var door = (SSLServerSocket)
                    context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
            return new TlsDoor(store, door, port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void keytool(Path store) throws IOException {
        var tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var made = new ProcessBuilder(
                        tool,
                        "-genkeypair",
                        "-alias",
                        "redis",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=dns:localhost,ip:127.0.0.1",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD)
                .inheritIO()
                .start();
        try {
            if (made.waitFor() != 0) throw new IllegalStateException("keytool made no certificate");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    int port() {
        return door.getLocalPort();
    }

    /** JVM options of who shall trust the certificate. */
    String[] trust() {
        return new String[] {
            "-Djavax.net.ssl.trustStore=" + store,
            "-Djavax.net.ssl.trustStorePassword=" + PASSWORD,
            "-Djavax.net.ssl.trustStoreType=PKCS12"
        };
    }

    /** The certificate itself, in PEM. */
    Path certificate() {
        try {
            var keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
            var encoded = Base64.getMimeEncoder()
                    .encodeToString(keys.getCertificate("redis").getEncoded());
            return Files.writeString(
                    store.resolveSibling("certificate.pem"),
                    "-----BEGIN CERTIFICATE-----\n" + encoded + "\n-----END CERTIFICATE-----\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void let() {
        while (!door.isClosed()) {
            try {
                var outside = door.accept();
                var inside = new Socket(InetAddress.getLoopbackAddress(), behind);
                open.add(outside);
                open.add(inside);
                copy(outside, inside);
                copy(inside, outside);
            } catch (IOException e) {
                // closed, or somebody who speaks no TLS
            }
        }
    }

    private static void copy(Socket from, Socket to) {
        Thread.ofPlatform().daemon().name("tls-copy").start(() -> {
            try (from;
                    to) {
                pump(from.getInputStream(), to.getOutputStream());
            } catch (IOException e) {
                // the end of a connection
            }
        });
    }

    private static void pump(InputStream from, OutputStream to) throws IOException {
        var buffer = new byte[16 * 1024];
        for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
            to.write(buffer, 0, read);
            to.flush();
        }
    }

    @Override
    public void close() {
        try {
            door.close();
            for (var socket : open) socket.close();
            Files.deleteIfExists(store);
            Files.deleteIfExists(store.resolveSibling("certificate.pem"));
            Files.deleteIfExists(store.getParent());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
