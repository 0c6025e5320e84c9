package dev.smartrouter.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartrouter.auth.Rules;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.parser.OpenAPIV3Parser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/http.md} says of each endpoint what the API's document and the rules of who is let in say of it; {@code
 * -Ddocs.write} writes it anew.
 */
class HttpReferenceTest {
    private static final Path FILE = Path.of("../docs/http.md");
    private static final String HEAD = """
            # HTTP

            Every endpoint, from [openapi.yaml](openapi.yaml), which has the fields, the errors and examples. What is in the
            third column is asked of the caller: nothing; a provider's *signature*; a stream's *pass*; or a key with that role
            or a greater one (`read`, `allocate`, `operate`), where keys are set. [SECURITY.md](../SECURITY.md) says more.

            | | path | asks | | answers |
            |---|---|---|---|---|
            """;

    @Test
    void theReferenceSaysWhatTheDocumentAndTheRulesSay() throws IOException {
        var reference = HEAD
                + new OpenAPIV3Parser()
                        .readLocation("../docs/openapi.yaml", null, null).getOpenAPI().getPaths().entrySet().stream()
                                .map(path -> rows(path.getKey(), path.getValue()))
                                .collect(Collectors.joining());
        if (Boolean.getBoolean("docs.write")) Files.writeString(FILE, reference);
        assertThat(FILE).content().isEqualTo(reference);
    }

    private static String rows(String path, PathItem item) {
        var forOperators = item.getServers() != null;
        return item.readOperationsMap().entrySet().stream()
                .map(each -> "| %s | `%s`%s | %s | %s | %s |\n"
                        .formatted(
                                each.getKey(),
                                path,
                                forOperators ? ", port 9090" : "",
                                asks(forOperators ? Rules.ADMIN : Rules.API, each.getKey(), path),
                                each.getValue().getSummary(),
                                answers(each.getValue())))
                .collect(Collectors.joining());
    }

    private static String asks(Rules rules, HttpMethod method, String path) {
        return rules.find(path.replaceAll("\\{[^{}]*}", "x"))
                .orElseThrow(() -> new AssertionError("no rule for " + path))
                .by(method.name())
                .name()
                .toLowerCase(Locale.ROOT);
    }

    private static String answers(Operation operation) {
        return operation.getResponses().keySet().stream().sorted().collect(Collectors.joining(", "));
    }
}
