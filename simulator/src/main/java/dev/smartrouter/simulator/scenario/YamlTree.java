package dev.smartrouter.simulator.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.StringReader;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A YAML text as JSON, and the line of each of its values: for one that has a key, the key's. Plain scalars mean what
 * they mean in JSON; {@code yes} and {@code 1:30} are texts.
 */
final class YamlTree {
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]{1,3})?");
    private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,18}");
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final String source;
    private final Map<String, Integer> lines = new HashMap<>();
    private final JsonNode root;

    /**
     * @param source the file's name, for messages
     * @throws WrongScenarioException if the text is not YAML, or no mapping
     */
    YamlTree(String source, String text) {
        this.source = source;
        this.root = convert("", compose(text));
    }

    ObjectNode root() {
        return (ObjectNode) root;
    }

    /** From 1. A place that is not in the file has the line of what would hold it. */
    int lineOf(String place) {
        var known = place;
        while (!known.isEmpty() && !lines.containsKey(known)) known = Place.parent(known);
        return lines.getOrDefault(known, 1);
    }

    WrongScenarioException refusal(String place, String message) {
        var what = place.isEmpty() ? message : place + ": " + message;
        return new WrongScenarioException(source + ":" + lineOf(place) + ": " + what);
    }

    private Node compose(String text) {
        var options = new LoaderOptions();
        options.setMaxAliasesForCollections(0);
        options.setNestingDepthLimit(20);
        try {
            var node = new Yaml(new SafeConstructor(options)).compose(new StringReader(text));
            if (node instanceof MappingNode) return node;
        } catch (MarkedYAMLException e) {
            var line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            throw new WrongScenarioException(source + ":" + line + ": is not YAML: " + e.getProblem());
        } catch (YAMLException e) {
            throw refusal("", "is not YAML that we read: " + e.getMessage());
        }
        throw refusal("", "must be a mapping such as 'lasts: 3m', and is something else or empty");
    }

    private JsonNode convert(String place, Node node) {
        lines.putIfAbsent(place, node.getStartMark().getLine() + 1);
        return switch (node) {
            case MappingNode mapping -> mapping(place, mapping);
            case SequenceNode sequence -> sequence(place, sequence);
            case ScalarNode scalar -> scalar(scalar);
            default -> throw refusal(place, "must be written out, not as an alias");
        };
    }

    private ObjectNode mapping(String place, MappingNode mapping) {
        var object = JSON.objectNode();
        for (NodeTuple entry : mapping.getValue()) {
            if (!(entry.getKeyNode() instanceof ScalarNode key)) throw refusal(place, "must have plain words as keys");
            var child = Place.join(place, key.getValue());
            var line = key.getStartMark().getLine() + 1;
            if (object.has(key.getValue())) {
                var first = lineOf(child);
                lines.put(child, line);
                throw refusal(child, "is here twice; the first is on line " + first);
            }
            lines.put(child, line);
            object.set(key.getValue(), convert(child, entry.getValueNode()));
        }
        return object;
    }

    private ArrayNode sequence(String place, SequenceNode sequence) {
        var array = JSON.arrayNode();
        for (var item : sequence.getValue()) array.add(convert(Place.item(place, array.size()), item));
        return array;
    }

    private static JsonNode scalar(ScalarNode scalar) {
        var text = scalar.getValue();
        if (scalar.getScalarStyle() != ScalarStyle.PLAIN) return JSON.textNode(text);
        return switch (text) {
            case "", "~", "null" -> JSON.nullNode();
            case "true" -> JSON.booleanNode(true);
            case "false" -> JSON.booleanNode(false);
            default -> number(text);
        };
    }

    private static JsonNode number(String text) {
        if (!NUMBER.matcher(text).matches()) return JSON.textNode(text);
        if (WHOLE.matcher(text).matches()) return JSON.numberNode(Long.parseLong(text));
        return JSON.numberNode(Double.parseDouble(text));
    }
}
