package dev.smartrouter.simulator.scenario;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.google.common.base.Throwables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Reads scenarios: a file of somebody's, or one that is shipped. The format is in {@code docs/scenarios.md}. */
public final class ScenarioFile {
    private static final String ENDING = ".yaml";

    private static final List<String> NAMES = List.of(
            "quiet-day",
            "rush-hour",
            "merchant-burst",
            "rolling-agents",
            "rolling-routers",
            "drain-and-scale-down",
            "redis-flush",
            "redis-freeze",
            "leader-flap",
            "duplicate-storm",
            "everything-at-once",
            "laptop");

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
            .addModule(new SimpleModule().addDeserializer(Duration.class, new DurationReader()))
            .build();

    private ScenarioFile() {}

    /** The shipped scenarios, from the calmest on. */
    public static List<String> names() {
        return NAMES;
    }

    /**
     * @param scenario a shipped one's name, or the path of a file, which has a slash or ends in {@code .yaml}
     * @throws WrongScenarioException if there is none, or it is wrong
     */
    public static Scenario find(String scenario) {
        return scenario.contains("/") || scenario.endsWith(ENDING) ? read(Path.of(scenario)) : shipped(scenario);
    }

    /** @throws WrongScenarioException if the file cannot be read or is wrong */
    public static Scenario read(Path file) {
        try {
            return parse(String.valueOf(file.getFileName()), Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new WrongScenarioException("there is no file " + file + "; shipped are " + String.join(", ", NAMES));
        } catch (CharacterCodingException e) {
            throw new WrongScenarioException(file + " is not a text in UTF-8");
        } catch (IOException e) {
            throw new WrongScenarioException(file + " cannot be read: " + e.getMessage());
        }
    }

    /** @throws WrongScenarioException if none of that name is shipped */
    public static Scenario shipped(String name) {
        if (!NAMES.contains(name)) {
            throw new WrongScenarioException("there is no scenario '" + name + "'" + Nearest.hint(name, NAMES)
                    + " (shipped are " + String.join(", ", NAMES) + "; a file's path ends in " + ENDING + ")");
        }
        try (var resource = ScenarioFile.class.getResourceAsStream(name + ENDING)) {
            if (resource == null) throw new IllegalStateException("this build lacks " + name + ENDING);
            return parse(name + ENDING, new String(resource.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param source the file's name: the scenario's too, without its ending */
    static Scenario parse(String source, String text) {
        var tree = new YamlTree(source, text);
        try {
            var root = tree.root();
            ScenarioSchema.check(root, tree::lineOf);
            ScenarioSchema.complete(root);
            root.put("name", source.endsWith(ENDING) ? source.substring(0, source.length() - ENDING.length()) : source);
            return MAPPER.treeToValue(root, Scenario.class);
        } catch (Wrong e) {
            throw tree.refusal(e.where(), String.valueOf(e.getMessage()));
        } catch (JsonProcessingException e) {
            throw refusal(tree, e);
        }
    }

    private static WrongScenarioException refusal(YamlTree tree, JsonProcessingException e) {
        var place = e instanceof JsonMappingException at ? place(at) : "";
        return Throwables.getCausalChain(e).stream()
                .filter(Wrong.class::isInstance)
                .map(cause -> ((Wrong) cause).under(place))
                .findFirst()
                .map(wrong -> tree.refusal(wrong.where(), String.valueOf(wrong.getMessage())))
                .orElseGet(() -> tree.refusal(place, e.getOriginalMessage()));
    }

    private static String place(JsonMappingException e) {
        var place = "";
        for (var step : e.getPath()) {
            place = step.getFieldName() == null
                    ? Place.item(place, step.getIndex())
                    : Place.join(place, step.getFieldName());
        }
        return place;
    }

    private static final class DurationReader extends StdDeserializer<Duration> {
        private static final long serialVersionUID = 1L;

        DurationReader() {
            super(Duration.class);
        }

        @Override
        public Duration deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            return Times.parse(parser.getText());
        }
    }
}
