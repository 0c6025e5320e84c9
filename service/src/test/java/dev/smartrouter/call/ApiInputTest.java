package dev.smartrouter.call;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dropwizard.testing.junit5.DropwizardExtensionsSupport;
import io.dropwizard.testing.junit5.ResourceExtension;
import jakarta.ws.rs.client.Entity;
import jakarta.ws.rs.core.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the JSON API takes, and how it refuses what it does not. */
@ExtendWith(DropwizardExtensionsSupport.class)
class ApiInputTest {
    private final RouterFixture router = new RouterFixture();
    private final HttpFixture http = new HttpFixture(router);

    @SuppressWarnings("unused") // the extension finds it
    private final ResourceExtension server = http.server;

    ApiInputTest() {
        router.pools.pod("pool:gold", "voice-agent-0").pod("merchant:9shines", "voice-agent-5");
        router.pools.configs.put("9shines", "{\"pool\":\"9shines\"}");
    }

    private Response post(String path, String body) {
        return http.json(path, body);
    }

    private Response allocate(String body) {
        return post("/api/v1/allocate", body);
    }

    private Response get(String path) {
        return http.get(path);
    }

    private static void assertAnswer(Response answer, int status, String body) {
        assertThat(answer.readEntity(String.class)).isEqualTo(body);
        assertThat(answer.getStatus()).isEqualTo(status);
        assertThat(answer.getHeaderString("Content-Type")).isEqualTo("application/json");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "\"merchant_id\":\"9shines\"; merchant:9shines",
                "\"reseller_id\":\"9shines\"; merchant:9shines",
                "\"merchant_id\":\"\",\"reseller_id\":\"9shines\"; merchant:9shines",
                "\"merchant_id\":null,\"reseller_id\":\"9shines\"; merchant:9shines",
                "\"merchant_id\":\"9shines\",\"reseller_id\":\"other\"; merchant:9shines",
                "\"merchant_id\":\"other\",\"reseller_id\":\"9shines\"; pool:gold",
                "\"merchant_id\":null; pool:gold",
            })
    void aMerchantIsNamedByEitherField(String merchant, String pool) {
        assertThat(allocate("{\"call_sid\":\"CA1\"," + merchant + "}").readEntity(String.class))
                .contains("\"source_pool\":\"" + pool + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"call_sid\":\"\"}", "{\"call_sid\":null}", "{\"merchant_id\":\"test\"}"})
    void aCallIsRequired(String body) {
        assertAnswer(allocate(body), 400, "{\"error\":\"call_sid is required\"}");
        assertAnswer(post("/api/v1/release", body), 400, "{\"error\":\"call_sid is required\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{\"invalid json",
                "[]",
                "null",
                "\"CA1\"",
                "1",
                "{\"call_sid\":1}",
                "{\"call_sid\":[\"CA1\"]}",
                "{\"call_sid\":{}}",
                "{\"call_sid\":true}",
                "{\"call_sid\":\"CA1\"} x",
                "{\"call_sid\":\"CA1\"}{}",
                "call_sid=CA1",
                "{'call_sid':'CA1'}",
                "{\"call_sid\":\"CA1\",}",
                "\u0000",
                "{\"call_sid\":\"\u0001\"}"
            })
    void whatIsNoJsonObjectOrHasWrongTypesIsAnInvalidBody(String body) {
        assertAnswer(allocate(body), 400, "{\"error\":\"invalid request body\"}");
        assertAnswer(post("/api/v1/release", body), 400, "{\"error\":\"invalid request body\"}");
        assertAnswer(
                post("/api/v1/drain", body.replace("call_sid", "pod_name").replace("CA1", "voice-agent-0")),
                400,
                "{\"error\":\"invalid request body\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "\"call_sid\":\"a b\"; call_sid must be 1 to 128 of A-Z a-z 0-9 . _ -, not 'a b'",
                "\"call_sid\":\"CA1\",\"merchant_id\":\"a b\"; merchant_id must be 1 to 64 of A-Z a-z 0-9 _ -, not 'a b'",
                "\"call_sid\":\"CA1\",\"flow\":\"a\\u0000b\"; flow must be at most 128 characters, none of them a control character",
                "\"call_sid\":\"CA1\",\"merchant_id\":7; invalid request body",
                "\"call_sid\":\"CA1\",\"template\":{}; invalid request body",
            })
    void aValueThatIsWrongIsNamed(String fields, String error) {
        assertAnswer(allocate("{" + fields + "}"), 400, "{\"error\":\"" + error + "\"}");
        assertThat(router.pools.claims).isEmpty();
    }

    @Test
    void nestingIsBoundedEvenWhereNobodyLooks() {
        var deep = "[".repeat(2_000) + "]".repeat(2_000);
        assertAnswer(
                allocate("{\"call_sid\":\"CA1\",\"x\":" + deep + "}"), 400, "{\"error\":\"invalid request body\"}");
        var number = "{\"call_sid\":\"CA1\",\"x\":" + "9".repeat(5_000) + "}";
        assertAnswer(allocate(number), 400, "{\"error\":\"invalid request body\"}");
    }

    @Test
    void aBodyOfMoreThan16KiBIsTooLarge() {
        var large = "{\"call_sid\":\"CA1\",\"x\":\"" + "y".repeat(16 * 1024) + "\"}";
        for (var path : new String[] {"/api/v1/allocate", "/api/v1/release", "/api/v1/drain", "/api/v1/undrain"}) {
            assertAnswer(post(path, large), 413, "{\"error\":\"request body must be at most 16384 bytes\"}");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/x-www-form-urlencoded", "text/plain", "application/json; charset=utf-8"})
    void theContentTypeDoesNotMatter(String contentType) {
        var body = "{\"call_sid\":\"CA1\"}".getBytes(UTF_8);
        assertThat(http.request("/api/v1/allocate")
                        .accept("text/html")
                        .post(Entity.entity(body, contentType))
                        .getStatus())
                .isEqualTo(200);
    }

    @Test
    void otherPathsAndMethodsAreRefusedInJson() {
        assertAnswer(get("/api/v1/nothing"), 404, "{\"error\":\"not found\"}");
        var wrong = get("/api/v1/allocate");
        assertThat(wrong.getHeaderString("Allow")).contains("POST");
        assertAnswer(wrong, 405, "{\"error\":\"method not allowed\"}");
    }
}
