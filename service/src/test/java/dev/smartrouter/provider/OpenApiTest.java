package dev.smartrouter.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.dropwizard.testing.junit5.DropwizardExtensionsSupport;
import io.dropwizard.testing.junit5.ResourceExtension;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import jakarta.ws.rs.client.Entity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The document of the API is well-formed, and there is nothing in it that these resources do not answer as it says. */
@ExtendWith(DropwizardExtensionsSupport.class)
class OpenApiTest {
    /** Answered by the application, or asked for by {@code ConfigIT}; not by the resources here. */
    private static final Set<String> ELSEWHERE = Set.of(
            "/health",
            "/ready",
            "/metrics",
            "/api/v1/health",
            "/api/v1/ready",
            "/api/v1/metrics",
            "/api/v1/pods",
            "/api/v1/calls",
            "/api/v1/config/tiers",
            "/api/v1/config/merchants",
            "/api/v1/config/merchants/{merchant_id}");

    private final ProviderFixture router = new ProviderFixture();

    @SuppressWarnings("unused") // the extension finds it
    private final ResourceExtension server = router.server;

    static OpenAPI document() {
        var file = Stream.of("../docs/openapi.yaml", "docs/openapi.yaml")
                .map(Path::of)
                .filter(Files::exists)
                .findFirst()
                .orElseThrow();
        var options = new ParseOptions();
        options.setResolve(true);
        options.setResolveFully(true);
        var result = new OpenAPIV3Parser().readLocation(file.toUri().toString(), null, options);
        assertThat(result.getMessages()).isEmpty();
        return result.getOpenAPI();
    }

    record Endpoint(String path, HttpMethod method, Operation operation) {
        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    static Stream<Endpoint> endpoints() {
        return document().getPaths().entrySet().stream()
                .filter(path -> !ELSEWHERE.contains(path.getKey()))
                .flatMap(path -> path.getValue().readOperationsMap().entrySet().stream()
                        .map(operation -> new Endpoint(path.getKey(), operation.getKey(), operation.getValue())));
    }

    @Test
    void everyOperationHasANameOfItsOwn() {
        assertThat(endpoints().map(endpoint -> endpoint.operation().getOperationId()))
                .doesNotHaveDuplicates()
                .hasSizeGreaterThan(30);
    }

    @ParameterizedTest
    @MethodSource("endpoints")
    void everyOperationIsAnsweredAsTheDocumentSays(Endpoint endpoint) {
        router.router.pools.pod("pool:gold", "voice-agent-1");
        var sids = "CallSid=CA1&CallUUID=CA1&CallStatus=completed&Status=completed";
        var json = "{\"call_sid\":\"CA1\",\"pod_name\":\"voice-agent-1\"}";
        var path = endpoint.path();
        for (var value : Map.of("{template}", "t", "{call_sid}", "CA1", "{pod_name}", "voice-agent-1")
                .entrySet()) {
            path = path.replace(value.getKey(), value.getValue());
        }
        var answer = endpoint.method() == HttpMethod.GET
                ? router.get(path + "?" + sids)
                : router.request(path)
                        .post(
                                endpoint.operation().getTags().contains("webhooks") || path.endsWith("/status")
                                        ? Entity.entity(sids, ProviderFixture.FORM)
                                        : Entity.json(json));
        var response = endpoint.operation().getResponses().get(String.valueOf(answer.getStatus()));
        assertThat(response).as("an answer for %s", answer.getStatus()).isNotNull();
        if (response.getContent() == null) assertThat(answer.hasEntity()).isFalse();
        else assertThat(response.getContent()).containsKey(answer.getMediaType().toString());
    }
}
