package dev.smartrouter.simulator.provider;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The keyed hashes that providers sign with, in base64. */
final class Hmac {
    private Hmac() {}

    static String sha1(String key, String text) {
        return sign("HmacSHA1", key, text);
    }

    static String sha256(String key, String text) {
        return sign("HmacSHA256", key, text);
    }

    private static String sign(String algorithm, String key, String text) {
        try {
            var mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), algorithm));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + algorithm, e);
        }
    }
}
