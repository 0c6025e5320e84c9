package dev.smartrouter.config;

import dev.smartrouter.pool.RedisConfig.Known;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A configuration is written.
 *
 * @param etag what identifies it, as in the header but without the quotes
 */
record Written(boolean success, String etag) {
    private static final Logger log = LoggerFactory.getLogger(Written.class);

    /** 201 if there was none before. */
    static Response answer(String what, Known before, String text) {
        var etag = hash(text);
        log.info(
                "{} was written, etag {}, in place of {}",
                what,
                etag,
                before.own().hash());
        return Response.status(before.own().exists() ? Status.OK : Status.CREATED)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .tag(new EntityTag(etag))
                .entity(new Written(true, etag))
                .build();
    }

    static Response deleted(String what, Known before) {
        log.info("{} was deleted, etag {}", what, before.own().hash());
        return Response.noContent().build();
    }

    /** As the store computes it. */
    private static String hash(String text) {
        try {
            var sha1 = MessageDigest.getInstance("SHA-1");
            return HexFormat.of().formatHex(sha1.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
