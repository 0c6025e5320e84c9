package dev.smartrouter.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.swagger.v3.parser.OpenAPIV3Parser;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/openapi.yaml} and the running service say the same: each route is written down, each written one is. */
class OpenApiIT {
    private static final Path DOCUMENT = Path.of("../docs/openapi.yaml");
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "HTTP_PORT", "0",
            "METRICS_PORT", "0",
            "REDIS_URL", "redis://127.0.0.1:1",
            "KUBERNETES_ENABLED", "false",
            "VOICE_AGENT_BASE_URL", "wss://agents.example");

    @Test
    void everyRouteIsWrittenDownAndEveryWrittenRouteIsServed() {
        var document = new OpenAPIV3Parser().readLocation(DOCUMENT.toString(), null, null);
        assertThat(document.getMessages()).isEmpty();
        var paths = document.getOpenAPI().getPaths();
        var written = paths.entrySet().stream()
                .filter(path -> path.getValue().getServers() == null)
                .flatMap(path -> path.getValue().readOperationsMap().keySet().stream()
                        .flatMap(method -> Routes.each(method.name(), path.getKey())))
                .collect(Collectors.toCollection(TreeSet::new));
        try (var router = RouterProcess.start(ENVIRONMENT)) {
            assertThat(written).isEqualTo(Routes.served(router));
            // a path with a server of its own is on the operators' port
            paths.forEach((path, item) -> {
                if (item.getServers() != null) {
                    assertThat(new Http(router.admin()).get(path).statusCode()).isEqualTo(200);
                }
            });
        }
    }
}
