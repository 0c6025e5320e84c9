package dev.smartrouter.k3s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.smartrouter.app.RouterProcess;
import dev.smartrouter.pool.RedisServerFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What watches a router: the alerts that wake somebody, and the dashboard they then look at. */
class ObservabilityIT {
    private static final Path FOLDER = Path.of("observability");
    private static final Pattern FIGURE = Pattern.compile("(?:smart_router|http_request)\\w*");

    @Test
    void everyFigureThatAnAlertOrTheDashboardAsksForIsOne() throws IOException {
        var expressions = Stream.concat(
                alerts().stream().map(alert -> alert.path("expr").asText()),
                new ObjectMapper()
                        .readTree(FOLDER.resolve("dashboard.json").toFile()).findValuesAsText("expr").stream());
        var asked = new TreeSet<String>();
        expressions.forEach(expression -> FIGURE.matcher(expression)
                .results()
                .forEach(figure -> asked.add(figure.group().replaceFirst("_bucket$", ""))));
        assertThat(asked).hasSizeGreaterThan(20);
        try (var router = RouterProcess.start(Map.of(
                "HTTP_PORT", "0",
                "METRICS_PORT", "0",
                "KUBERNETES_ENABLED", "false",
                "REDIS_URL", RedisServerFixture.shared().url(),
                "VOICE_AGENT_BASE_URL", "wss://agents.example"))) {
            new Wire(router.httpPort()).get("/api/v1/status"); // what is measured is there once it was
            var page = new Wire(router.metricsPort()).get("/metrics").body();
            assertThat(asked).allSatisfy(figure -> assertThat(page).contains("# TYPE " + figure + " "));
        }
    }

    /** {@code promtool} has the last word on what fires when. */
    @Test
    void everyAlertFiresWhenItShouldAndNotElse(@TempDir Path folder) throws IOException {
        assumeTrue(Command.isHere("promtool"), "no promtool on this machine; it comes with Prometheus");
        var tests = Files.readString(FOLDER.resolve("alerts-test.yaml"));
        assertThat(alerts())
                .allSatisfy(alert -> assertThat(tests)
                        .contains("alertname: " + name(alert) + "}")
                        .contains("alertname=\"" + name(alert) + "\""));
        var copy = Files.writeString(folder.resolve("alerts-test.yaml"), tests);
        new YAMLMapper().writeValue(folder.resolve("rules.yaml").toFile(), rules());
        var outcome = Command.output("promtool", "test", "rules", copy.toString());
        assertThat(outcome).contains("SUCCESS");
    }

    @Test
    void everyAlertHasItsPlaceInTheRunbook() throws IOException {
        var runbook = Files.readString(Path.of("../docs/runbook.md"));
        assertThat(alerts()).hasSizeGreaterThan(10).allSatisfy(alert -> {
            var name = name(alert);
            assertThat(alert.at("/annotations/runbook").asText())
                    .isEqualTo("docs/runbook.md#" + name.toLowerCase(Locale.ROOT));
            assertThat(runbook).contains("\n### " + name + "\n");
        });
    }

    private static String name(JsonNode alert) {
        return alert.path("alert").asText();
    }

    private static List<JsonNode> alerts() {
        return rules().findParents("alert");
    }

    private static JsonNode rules() {
        return Manifests.foreign(FOLDER.resolve("alerts.yaml"))
                .map(rule -> rule.path("spec"))
                .findFirst()
                .orElseThrow();
    }
}
