package dev.smartrouter.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A JSON object from outside, its fields read as text. Fields nobody asks for are ignored; the content type is, too,
 * as curl sends the wrong one unless told.
 */
public final class JsonBody {
    private static final int MOST_DEPTH = 32;

    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MOST_DEPTH)
                            .build())
                    .recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final JsonNode object;

    private JsonBody(JsonNode object) {
        this.object = object;
    }

    /** @throws Refusal 413 if it is too large, 400 {@code invalid request body} if it is not one JSON object */
    public static JsonBody read(InputStream body) {
        return parse(Bodies.read(body));
    }

    /** @throws Refusal 400 {@code invalid request body} if it is not one JSON object */
    public static JsonBody parse(byte[] body) {
        JsonNode node;
        try {
            node = MAPPER.readTree(body);
        } catch (IOException e) {
            throw Refusal.invalidBody();
        }
        if (!node.isObject()) throw Refusal.invalidBody();
        return new JsonBody(node);
    }

    /**
     * The field's text; empty if it is absent, null or "", which some writers mean by nothing.
     *
     * @throws Refusal 400 {@code invalid request body} if it is not a text
     */
    public Optional<String> find(String field) {
        var node = object.path(field);
        if (node.isMissingNode() || node.isNull()) return Optional.empty();
        if (!node.isTextual()) throw Refusal.invalidBody();
        return Optional.of(node.textValue()).filter(text -> !text.isEmpty());
    }

    /** As {@link #find}. @throws Refusal 400 {@code {field} is required} if there is none */
    public String require(String field) {
        return find(field).orElseThrow(() -> Refusal.badRequest(field + " is required"));
    }

    /** A short text that is kept for people to read, "" if there is none. @throws Refusal 400 if it is no label */
    public String label(String field) {
        var text = find(field).orElse("");
        if (!Labels.isLabel(text)) {
            throw Refusal.badRequest(
                    field + " must be at most " + Labels.MOST_CHARS + " characters, none of them a control character");
        }
        return text;
    }

    /** A text of any length and content, made fit for a log line; "" if there is none. */
    public String remark(String field) {
        return Labels.remark(find(field).orElse(""));
    }

    /** Every field that is a text, a whole number or a boolean, as text. A fraction would not come out as it was written. */
    public Map<String, String> scalars() {
        var scalars = new LinkedHashMap<String, String>();
        object.properties().forEach(field -> {
            var value = field.getValue();
            if (value.isTextual() || value.isIntegralNumber() || value.isBoolean())
                scalars.put(field.getKey(), value.asText());
        });
        return scalars;
    }
}
