package dev.smartrouter.k3s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.smartrouter.app.RouterProcess;
import dev.smartrouter.pool.RedisServerFixture;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The alerts ask for figures that a router really has. */
class AlertsIT {
    private static final Pattern FIGURE = Pattern.compile("(?:smart_router|http_request)\\w*");

    @Test
    void everyFigureThatAnAlertAsksForIsOne() {
        var asked = new TreeSet<String>();
        Manifests.foreign(Manifests.FOLDER.resolve("components/monitoring/alerts.yaml"))
                .flatMap(rule -> rule.at("/spec/groups").findValues("expr").stream())
                .map(JsonNode::asText)
                .forEach(expression -> FIGURE.matcher(expression)
                        .results()
                        .forEach(figure -> asked.add(figure.group().replaceFirst("_bucket$", ""))));
        assertThat(asked).hasSizeGreaterThan(8);
        try (var router = RouterProcess.start(Map.of(
                "HTTP_PORT", "0",
                "METRICS_PORT", "0",
                "KUBERNETES_ENABLED", "false",
                "REDIS_URL", RedisServerFixture.shared().url(),
                "VOICE_AGENT_BASE_URL", "wss://agents.example"))) {
            new Wire(router.httpPort()).get("/health");
            var page = new Wire(router.metricsPort()).get("/metrics").body();
            assertThat(asked).allSatisfy(figure -> assertThat(page).contains("# TYPE " + figure + " "));
        }
    }
}
