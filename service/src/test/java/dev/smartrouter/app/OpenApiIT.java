package dev.smartrouter.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.swagger.v3.parser.OpenAPIV3Parser;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.glassfish.jersey.server.model.Resource;
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
    private static final List<String> PROVIDERS = List.of("twilio", "plivo", "exotel");

    @Test
    void everyRouteIsWrittenDownAndEveryWrittenRouteIsServed() {
        var document = new OpenAPIV3Parser().readLocation(DOCUMENT.toString(), null, null);
        assertThat(document.getMessages()).isEmpty();
        var paths = document.getOpenAPI().getPaths();
        var written = paths.entrySet().stream()
                .filter(path -> path.getValue().getServers() == null)
                .flatMap(path -> path.getValue().readOperationsMap().keySet().stream()
                        .flatMap(method -> routes(method.name(), path.getKey())))
                .collect(Collectors.toCollection(TreeSet::new));
        try (var router = RouterProcess.start(ENVIRONMENT)) {
            assertThat(written).isEqualTo(served(router));
            // a path with a server of its own is on the operators' port
            paths.forEach((path, item) -> {
                if (item.getServers() != null) {
                    assertThat(new Http(router.admin()).get(path).statusCode()).isEqualTo(200);
                }
            });
        }
    }

    private static Set<String> served(RouterProcess router) {
        return router.environment().jersey().getResourceConfig().getClasses().stream()
                .map(Resource::from)
                .filter(resource -> resource != null && resource.getPath() != null)
                .flatMap(resource -> routesOf("", List.of(resource)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> routesOf(String parent, Collection<Resource> resources) {
        return resources.stream().flatMap(resource -> {
            var path = parent + "/" + resource.getPath();
            return Stream.concat(
                    resource.getResourceMethods().stream()
                            .filter(method -> !method.getHttpMethod().equals("HEAD")) // refused, not served
                            .flatMap(method -> routes(method.getHttpMethod(), path)),
                    routesOf(path, resource.getChildResources()));
        });
    }

    /** One for each provider, and one for a callback's path with, without and with an empty template. */
    private static Stream<String> routes(String method, String path) {
        var plain = path.replaceAll("/{2,}", "/")
                .replaceAll("/callback(/|/\\{template}|\\{template:.*})?$", "/callback")
                .replaceAll("\\{ *(\\w+) *:[^{}]*}", "{$1}");
        return plain.contains("{provider}")
                ? PROVIDERS.stream().map(provider -> method + " " + plain.replace("{provider}", provider))
                : Stream.of(method + " " + plain);
    }
}
