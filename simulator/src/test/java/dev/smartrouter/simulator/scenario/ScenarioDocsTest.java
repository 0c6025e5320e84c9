package dev.smartrouter.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the documentation of the format shows can be read, and it leaves nothing out. */
class ScenarioDocsTest {
    private static final Path DOCS = Path.of("../docs/scenarios.md");
    private static final Pattern SNIPPET = Pattern.compile("(?ms)^```yaml\\n(.*?)^```$");
    private static final Pattern TOP_KEY = Pattern.compile("(?m)^([a-z-]+):");

    /** What a snippet that shows a part is read with. */
    private static final Map<String, String> REST = Map.of(
            "about", "about: A day.\n",
            "lasts", "lasts: 3m\n",
            "agents", "agents: {replicas: 8}\n",
            "tiers", "tiers: {gold: {type: exclusive, target: 2}, default_chain: [gold]}\n",
            "merchants", "merchants: {acme: {tier: gold}}\n",
            "calls", "calls: [{arrive: {poisson: 1}, talk: {fixed: 10s}}]\n");

    @Test
    void everySnippetIsAScenarioOrAPartOfOne() throws IOException {
        var snippets = SNIPPET.matcher(Files.readString(DOCS))
                .results()
                .map(match -> match.group(1))
                .toList();
        assertThat(snippets).hasSizeGreaterThan(6);
        for (var snippet : snippets) {
            var text = new StringBuilder(snippet);
            var parts = new LinkedHashMap<>(REST);
            // tiers come with their merchants, or merchants may name tiers that are not there
            if (snippet.contains("\ntiers:")) parts.remove("merchants");
            TOP_KEY.matcher(snippet).results().forEach(key -> parts.remove(key.group(1)));
            parts.values().forEach(text::append);
            var scenario = ScenarioFile.parse("snippet.yaml", text.toString());
            assertThat(Schedule.of(scenario, 1).calls()).isNotEmpty();
        }
    }

    @Test
    void theErrorItShowsIsOneThatIsGiven() throws IOException {
        var shown = Files.readAllLines(DOCS).stream()
                .filter(line -> line.startsWith("    rush-hour.yaml:12: "))
                .findFirst()
                .orElseThrow();
        var wrong = "\n".repeat(10) + "calls:\n  - arrive: {poison: 1}\n    talk: {fixed: 10s}\n" + REST.get("about")
                + REST.get("lasts") + REST.get("agents") + REST.get("tiers");
        assertThatThrownBy(() -> ScenarioFile.parse("rush-hour.yaml", wrong))
                .isInstanceOf(WrongScenarioException.class)
                .hasMessage(shown.strip());
    }

    @Test
    void everyKeyAndEveryWordOfTheSchemaIsExplained() throws IOException {
        var docs = Files.readString(DOCS);
        for (var key : keys(schema(), new TreeSet<>()))
            assertThat(docs).containsPattern("`([a-z.]+\\.)?" + key + "[`.]");
        for (var word : Word.values()) {
            assertThat(docs).contains("`" + word + "`");
            for (var argument : word.takes()) {
                assertThat(docs).containsPattern("\\| .*`" + word + "`.* \\|.*`" + argument + "`.*\\|");
            }
        }
    }

    @Test
    void theSchemaHasTheWordsThatThereAre() throws IOException {
        var words = schema().at("/$defs/event/properties/do/enum");
        assertThat(words)
                .map(JsonNode::asText)
                .containsExactly(
                        Arrays.stream(Word.values()).map(Word::toString).toArray(String[]::new));
    }

    private static JsonNode schema() throws IOException {
        try (var schema = ScenarioSchema.class.getResourceAsStream(ScenarioSchema.RESOURCE)) {
            return new ObjectMapper().readTree(schema);
        }
    }

    private static Set<String> keys(JsonNode schema, Set<String> found) {
        schema.path("properties").fieldNames().forEachRemaining(found::add);
        schema.forEach(child -> keys(child, found));
        return found;
    }
}
