package dev.smartrouter.tier;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * JSON that an operator typed, read strictly and up to a bound. Whatever is wrong becomes an IllegalArgumentException
 * of one line that names the field, its value and what would be right.
 */
final class Json {
    private static final int SHOWN = 60;
    private static final int LINE = 400;
    private static final int DEPTH = 32;

    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEPTH)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    /** The object that the text is, if it is one and has at most so many characters. */
    static JsonNode object(String what, String text, int maxChars) {
        if (text.length() > maxChars) {
            throw new IllegalArgumentException(
                    what + " must have at most " + maxChars + " characters, not " + text.length());
        }
        JsonNode node;
        try {
            node = MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            var at =
                    e.getLocation() == null ? "" : " in line " + e.getLocation().getLineNr();
            throw new IllegalArgumentException(
                    what + " must be one JSON object, not " + shown(text) + ": " + e.getOriginalMessage() + at, e);
        }
        if (!node.isObject()) {
            throw new IllegalArgumentException(what + " must be one JSON object, not " + shown(text));
        }
        return node;
    }

    static int whole(String what, JsonNode node, int min, int max) {
        if (node.isIntegralNumber() && node.canConvertToInt() && node.intValue() >= min && node.intValue() <= max) {
            return node.intValue();
        }
        throw refusal(what, "a whole number from " + min + " to " + max, node);
    }

    /** A text; null where the field is absent, null or empty, for that is how some writers say "none". */
    static @Nullable String text(String what, String remedy, JsonNode node) {
        if (isAbsent(node)) {
            return null;
        }
        if (!node.isTextual()) {
            throw refusal(what, remedy, node);
        }
        return node.textValue().isEmpty() ? null : node.textValue();
    }

    static List<String> texts(String what, String remedy, JsonNode node) {
        if (!node.isArray()) {
            throw refusal(what, remedy, node);
        }
        var texts = new ArrayList<String>(node.size());
        for (var element : node) {
            if (!element.isTextual()) {
                throw refusal(what, remedy, node);
            }
            texts.add(element.textValue());
        }
        return List.copyOf(texts);
    }

    static boolean isAbsent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    static IllegalArgumentException refusal(String what, String remedy, JsonNode node) {
        return new IllegalArgumentException(
                node.isMissingNode()
                        ? what + " is missing: it must be " + remedy
                        : what + " must be " + remedy + ", not " + cut(node.toString(), SHOWN));
    }

    /** A text that anybody may have written, in quotes, fit for a log line. */
    static String shown(String text) {
        return "'" + oneLine(cut(text, SHOWN)) + "'";
    }

    /** The same without what could start a new line or colour a terminal, and not endless. */
    static String oneLine(@Nullable String text) {
        return cut(text == null ? "" : text, LINE).replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "?");
    }

    private static String cut(String text, int length) {
        return text.length() > length ? text.substring(0, length) + "…" : text;
    }
}
