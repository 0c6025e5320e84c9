package dev.smartrouter.simulator.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.NodePath;
import com.networknt.schema.walk.ApplyDefaultsStrategy;
import com.networknt.schema.walk.WalkConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.ToIntFunction;

/**
 * The JSON schema of scenarios. Its descriptions are what an error says would be right, and its defaults are what a file
 * need not write.
 */
final class ScenarioSchema {
    static final String RESOURCE = "scenario.schema.json";

    private static final int SHOWN = 60;
    private static final Schema SCHEMA = load();

    private ScenarioSchema() {}

    /** @throws Wrong for the first wrong place of the file; unknown keys come before missing ones that they may mean */
    static void check(JsonNode root, ToIntFunction<String> lineOf) {
        SCHEMA.validate(root).stream()
                .min(Comparator.comparing((Error error) -> error.getKeyword().equals("required"))
                        .thenComparing(error -> lineOf.applyAsInt(place(error))))
                .ifPresent(error -> {
                    throw new Wrong(place(error), message(error));
                });
    }

    /** Adds to a checked file what it leaves to the defaults. */
    static void complete(ObjectNode root) {
        var walk = WalkConfig.builder()
                .applyDefaultsStrategy(new ApplyDefaultsStrategy(true, false, false))
                .build();
        SCHEMA.walk(root, false, context -> context.setWalkConfig(walk));
    }

    private static String place(Error error) {
        var place = "";
        var path = error.getInstanceLocation();
        for (var i = 0; i < path.getNameCount(); i++) {
            var step = path.getElement(i);
            place = step instanceof Integer index ? Place.item(place, index) : Place.join(place, step.toString());
        }
        return error.getKeyword().equals("additionalProperties") ? Place.join(place, error.getProperty()) : place;
    }

    private static String message(Error error) {
        var schema = SCHEMA.getSchemaNode().at(pointer(error.getSchemaLocation().getFragment()));
        return switch (error.getKeyword()) {
            case "additionalProperties" -> unknown(error.getProperty(), schema.path("properties"));
            case "required" ->
                "needs '" + error.getProperty() + "', which is "
                        + remedy(schema.path("properties").path(error.getProperty()));
            case "enum" -> noneOf(schema.path("enum"), error.getInstanceNode());
            default -> "must be " + remedy(schema) + ", not " + shown(error.getInstanceNode());
        };
    }

    /** Of the schema that holds the keyword. */
    private static String pointer(NodePath keyword) {
        var pointer = new StringBuilder();
        for (var i = 0; i < keyword.getNameCount() - 1; i++) pointer.append('/').append(keyword.getElement(i));
        return pointer.toString();
    }

    private static String unknown(String key, JsonNode properties) {
        List<String> known = new ArrayList<>();
        properties.fieldNames().forEachRemaining(known::add);
        return "is no key that belongs here" + Nearest.hint(key, known) + " (there are: " + String.join(", ", known)
                + ")";
    }

    private static String noneOf(JsonNode words, JsonNode value) {
        List<String> known = new ArrayList<>();
        words.forEach(word -> known.add(word.asText()));
        return "must be one of " + String.join(", ", known) + ", not " + shown(value)
                + Nearest.hint(value.asText(), known);
    }

    private static String remedy(JsonNode schema) {
        var described = schema.has("description")
                ? schema
                : SCHEMA.getSchemaNode().at(schema.path("$ref").asText("#").substring(1));
        return described.path("description").asText();
    }

    private static String shown(JsonNode value) {
        if (value.isNull()) return "nothing";
        var text = value.isTextual() ? "'" + value.asText() + "'" : value.toString();
        return text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
    }

    private static Schema load() {
        try (InputStream schema =
                Objects.requireNonNull(ScenarioSchema.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(schema);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
