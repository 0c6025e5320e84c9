package dev.smartrouter.provider;

import dev.smartrouter.MerchantId;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A webhook as its provider sent it, whatever was made of it on the way.
 *
 * @param path raw, of the public address
 * @param query raw; null if there is none
 * @param from address of whoever asked the outermost proxy that is ours
 */
record SentWebhook(
        boolean isPost,
        String path,
        @Nullable String query,
        byte[] body,
        String from,
        Function<String, @Nullable String> headers) {

    /** "" if there is none. */
    String header(String name) {
        var value = headers.apply(name);
        return value == null ? "" : value;
    }

    String rawQuery() {
        return query == null ? "" : query;
    }

    /** Path and query. */
    String target() {
        return query == null ? path : path + "?" + query;
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** On whose behalf, as those who serve it will read it. */
    Optional<MerchantId> merchant() {
        var fields = isPost ? Fields.of(query, new ByteArrayInputStream(body)) : Fields.of(query);
        return fields.merchant();
    }
}
