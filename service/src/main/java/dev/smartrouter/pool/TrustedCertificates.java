package dev.smartrouter.pool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/** Certificates of which one must have signed a server's: for a Redis whose authority nobody else knows. */
public final class TrustedCertificates {
    private final SSLSocketFactory sockets;

    private TrustedCertificates(SSLSocketFactory sockets) {
        this.sockets = sockets;
    }

    /**
     * Those in a PEM file.
     *
     * @throws IllegalArgumentException if there are none
     */
    static TrustedCertificates in(Path file) {
        try (var pem = Files.newInputStream(file)) {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                store.setCertificateEntry("ca-" + store.size(), certificate);
            }
            if (store.size() == 0) throw new GeneralSecurityException("empty");
            var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(store);
            var context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return new TrustedCertificates(context.getSocketFactory());
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException("REDIS_CA_FILE must be a file with certificates in PEM, not another", e);
        }
    }

    SSLSocketFactory sockets() {
        return sockets;
    }
}
