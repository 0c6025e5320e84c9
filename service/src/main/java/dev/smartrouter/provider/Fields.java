package dev.smartrouter.provider;

import static jakarta.ws.rs.core.Response.Status.BAD_REQUEST;

import dev.smartrouter.MerchantId;
import dev.smartrouter.http.Bodies;
import dev.smartrouter.http.JsonBody;
import dev.smartrouter.http.Labels;
import dev.smartrouter.http.Refusal;
import dev.smartrouter.http.Vocabulary;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a webhook says, wherever it says it: in its query, in a form, or in JSON. An empty value is the same as none. Of
 * what Jersey would read, nothing is used: it refuses forms that the original understood.
 */
final class Fields {
    private final Map<String, String> query;
    private final Map<String, String> body;
    private final Optional<String> fault;

    private Fields(Map<String, String> query, Map<String, String> body, Optional<String> fault) {
        this.query = query;
        this.body = body;
        this.fault = fault;
    }

    /** Of a GET: what its query says, as it came; null if there is none. */
    static Fields of(@Nullable String query) {
        return new Fields(queryOf(query), Map.of(), Optional.empty());
    }

    /**
     * Of a POST: its body as well, JSON if it begins with a brace and a form if not, whatever its content type says.
     *
     * @throws Refusal 413 if the body is too large; one that cannot be read is the same as none, see {@link #fault}
     */
    static Fields of(@Nullable String query, InputStream body) {
        try {
            return new Fields(queryOf(query), fieldsOf(Bodies.read(body)), Optional.empty());
        } catch (Refusal e) {
            if (e.getResponse().getStatus() != BAD_REQUEST.getStatusCode()) throw e;
            return new Fields(queryOf(query), Map.of(), Optional.ofNullable(e.getMessage()));
        }
    }

    private static Map<String, String> queryOf(@Nullable String query) {
        return query == null ? Map.of() : Form.read(query);
    }

    private static Map<String, String> fieldsOf(byte[] body) {
        var text = new String(body, StandardCharsets.UTF_8).strip();
        return text.startsWith("{") ? JsonBody.parse(body).scalars() : Form.read(text);
    }

    /** What is wrong with the body, if something is. */
    Optional<String> fault() {
        return fault;
    }

    /** The body's value, or else the query's. */
    Optional<String> find(String field) {
        return Stream.of(body, query).flatMap(fields -> in(fields, field)).findFirst();
    }

    /** A key word, in lower case; "" if there is none. */
    String word(String field) {
        return find(field).orElse("").strip().toLowerCase(Locale.ROOT);
    }

    /** A label that the query gives; "" if there is none, or it is unfit. */
    String label(String field) {
        return in(query, field).map(Labels::orEmpty).findFirst().orElse("");
    }

    /** The merchant, the query's word before the body's. One that is no name is nobody: never drop a caller. */
    Optional<MerchantId> merchant() {
        return Stream.of(query, body)
                .flatMap(fields -> Stream.concat(in(fields, "merchant_id"), in(fields, "reseller_id")))
                .findFirst()
                .flatMap(name -> Vocabulary.find(MerchantId::new, name));
    }

    private static Stream<String> in(Map<String, String> fields, String field) {
        return Stream.of(fields.getOrDefault(field, "")).filter(value -> !value.isBlank());
    }
}
