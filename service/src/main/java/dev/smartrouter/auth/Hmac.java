package dev.smartrouter.auth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A keyed hash. May be used from any thread: each text has a copy of the keyed state, which costs less than a new one. */
public final class Hmac {
    private final Mac keyed;

    private Hmac(String algorithm, Secret key) {
        try {
            keyed = Mac.getInstance(algorithm);
            keyed.init(new SecretKeySpec(key.bytes(), algorithm));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + algorithm, e);
        }
    }

    public static Hmac sha1(Secret key) {
        return new Hmac("HmacSHA1", key);
    }

    public static Hmac sha256(Secret key) {
        return new Hmac("HmacSHA256", key);
    }

    /** Of the text's UTF-8. */
    public byte[] of(String text) {
        try {
            return ((Mac) keyed.clone()).doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("every Java can copy " + keyed.getAlgorithm(), e);
        }
    }
}
