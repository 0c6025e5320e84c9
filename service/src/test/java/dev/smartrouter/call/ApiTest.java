package dev.smartrouter.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartrouter.pool.Claim;
import dev.smartrouter.tier.Limits;
import io.dropwizard.testing.junit5.DropwizardExtensionsSupport;
import io.dropwizard.testing.junit5.ResourceExtension;
import jakarta.ws.rs.core.Response;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The JSON API, answer by answer. */
@ExtendWith(DropwizardExtensionsSupport.class)
class ApiTest {
    private final RouterFixture router = new RouterFixture();
    private final HttpFixture http = new HttpFixture(router);

    @SuppressWarnings("unused") // the extension finds it
    private final ResourceExtension server = http.server;

    ApiTest() {
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

    @Test
    void anAllocationIsAnsweredAndReplayed() {
        var body = "{\"call_sid\":\"CA1\",\"merchant_id\":\"\",\"provider\":\"exotel\",\"flow\":\"v2\",\"x\":[{}]}";
        var first = "{\"success\":true,\"pod_name\":\"voice-agent-0\","
                + "\"ws_url\":\"wss://voice.example.com/ws/pod/voice-agent-0/CA1\",\"source_pool\":\"pool:gold\","
                + "\"was_existing\":false,\"allocated_at\":\"2026-02-11T12:00:00.007Z\"}";
        assertAnswer(allocate(body), 200, first);
        assertAnswer(allocate(body), 200, first.replace("was_existing\":false", "was_existing\":true"));
    }

    @Test
    void aFullHouseIs503AndSaysWhatWasTried() {
        allocate("{\"call_sid\":\"CA1\"}");
        var full = allocate("{\"call_sid\":\"CA2\"}");
        assertThat(full.getHeaderString("Retry-After")).isEqualTo("1");
        assertAnswer(
                full,
                503,
                "{\"error\":\"no pods available\","
                        + "\"pools_tried\":[\"pool:gold\",\"pool:standard\",\"pool:basic\"]}");
    }

    @Test
    void aReachedLimitIs503AndNever429() {
        router.pools.script.add(new Claim.Limited(Claim.Limit.MAX_CALLS));
        router.pools.script.add(new Claim.Limited(Claim.Limit.MAX_CPS));
        router.pools.script.add(new Claim.Limited(Claim.Limit.PROBATION));
        var body = "{\"call_sid\":\"CA1\",\"merchant_id\":\"shop\"}";
        assertAnswer(allocate(body), 503, "{\"error\":\"merchant limit reached\"}");
        var limited = allocate(body);
        assertThat(limited.getHeaderString("Retry-After")).isEqualTo("1");
        assertAnswer(limited, 503, "{\"error\":\"merchant limit reached\"}");
        assertAnswer(allocate(body), 503, "{\"error\":\"too many late retries\"}");
        assertThat(router.events.lines).contains("refused CA1 Limited");
    }

    @Test
    void theLimitsOfAClaimAreThoseOfTheConfigThatItNames() {
        router.pools.configs.put("shop", "{\"max_calls\":7,\"max_cps\":\"\"}");
        allocate("{\"call_sid\":\"CA1\",\"merchant_id\":\"shop\"}");
        var claims = router.pools.claims;
        assertThat(claims.getFirst().limits()).isEqualTo(Limits.NONE);
        assertThat(claims.getLast().limits()).isEqualTo(new Limits(OptionalInt.of(7), OptionalInt.empty()));
    }

    @Test
    void aClosedGateIs503() {
        router.pools.script.add(new Claim.Closed());
        var closed = allocate("{\"call_sid\":\"CA1\"}");
        assertThat(closed.getHeaderString("Retry-After")).isEqualTo("1");
        assertAnswer(closed, 503, "{\"error\":\"recovering\"}");
    }

    @Test
    void aStoreThatIsGoneIs503ButForTheStatus() {
        get("/api/v1/status");
        router.pools.down = true;
        var error = "{\"error\":\"store unavailable\"}";
        for (var path : new String[] {"/api/v1/allocate", "/api/v1/release"}) {
            var answer = post(path, "{\"call_sid\":\"CA1\"}");
            assertThat(answer.getHeaderString("Retry-After")).isEqualTo("1");
            assertAnswer(answer, 503, error);
        }
        assertAnswer(post("/api/v1/drain", "{\"pod_name\":\"voice-agent-0\"}"), 503, error);
        assertAnswer(get("/api/v1/pod/voice-agent-0"), 503, error);
        assertAnswer(get("/api/v1/calls/CA1"), 503, error);
        assertThat(get("/api/v1/status").readEntity(String.class)).contains("\"status\":\"down\"", "\"gold\"");
    }

    @Test
    void aReleaseIsAnsweredOnceAndThenFindsNothing() {
        allocate("{\"call_sid\":\"CA1\"}");
        var release = "{\"call_sid\":\"CA1\",\"reason\":\"call\\ncompleted\"}";
        assertAnswer(
                post("/api/v1/release", release),
                200,
                "{\"success\":true,\"pod_name\":\"voice-agent-0\",\"released_to_pool\":\"pool:gold\","
                        + "\"was_draining\":false}");
        assertAnswer(post("/api/v1/release", release), 404, "{\"error\":\"call not found\"}");
        assertThat(router.events.lines)
                .endsWith("released CA1 voice-agent-0 call?completed", "released nothing CA1 call?completed");
    }

    @Test
    void aPodIsDrainedAndUndrained() {
        allocate("{\"call_sid\":\"CA1\"}");
        var pod = "{\"pod_name\":\"voice-agent-0\"}";
        assertAnswer(
                post("/api/v1/drain", pod),
                200,
                "{\"success\":true,\"pod_name\":\"voice-agent-0\",\"has_active_call\":true,\"active_calls\":1,"
                        + "\"message\":\"pod drained\"}");
        assertThat(get("/api/v1/pod/voice-agent-0").readEntity(String.class))
                .contains("\"draining\":true", "\"draining_seconds_left\":360");
        assertAnswer(
                post("/api/v1/undrain", pod),
                200,
                "{\"success\":true,\"pod_name\":\"voice-agent-0\",\"has_active_call\":true,\"active_calls\":1,"
                        + "\"message\":\"pod undrained\"}");
        assertThat(router.drains).containsExactly("drained voice-agent-0 1", "undrained voice-agent-0 1");
    }

    @Test
    void aPodThatIsNotThereIsNotFound() {
        var error = "{\"error\":\"pod not found\"}";
        assertAnswer(post("/api/v1/drain", "{\"pod_name\":\"voice-agent-9\"}"), 404, error);
        assertAnswer(post("/api/v1/undrain", "{\"pod_name\":\"voice-agent-9\"}"), 404, error);
        assertAnswer(get("/api/v1/pod/voice-agent-9"), 404, error);
        assertAnswer(get("/api/v1/pod/metadata"), 404, error);
        assertAnswer(get("/api/v1/pod/Not A Pod"), 404, error);
        assertAnswer(post("/api/v1/drain", "{}"), 400, "{\"error\":\"pod_name is required\"}");
        assertThat(post("/api/v1/drain", "{\"pod_name\":\"A_B\"}").readEntity(String.class))
                .contains("pod_name must be a DNS-1123 label");
    }

    @Test
    void aPodSaysAllThatIsKnownOfIt() {
        allocate("{\"call_sid\":\"CA1\",\"merchant_id\":\"9shines\"}");
        assertAnswer(
                get("/api/v1/pod/voice-agent-5"),
                200,
                "{\"pod_name\":\"voice-agent-5\",\"tier\":\"merchant:9shines\",\"pool\":\"merchant:9shines\","
                        + "\"status\":\"allocated\",\"ready\":true,\"terminating\":false,\"draining\":false,"
                        + "\"draining_seconds_left\":null,\"held_until\":null,\"lease\":\"CA1\",\"calls\":[\"CA1\"],"
                        + "\"active_calls\":1,\"incarnation\":\"uid-1/0\",\"metadata\":\"{\\\"ip\\\":\\\"10.0.0.1\\\"}\"}");
    }

    @Test
    void aCallSaysWhichPodItHasAndWhy() {
        allocate("{\"call_sid\":\"CA0\",\"merchant_id\":\"9shines\"}");
        allocate("{\"call_sid\":\"CA1\",\"merchant_id\":\"9shines\",\"provider\":\"exotel\",\"template\":\"t\"}");
        assertAnswer(
                get("/api/v1/calls/CA1"),
                200,
                "{\"call_sid\":\"CA1\",\"pod_name\":\"voice-agent-0\",\"source_pool\":\"pool:gold\",\"tried\":["
                        + "{\"pool\":\"merchant:9shines\",\"said\":\"full\"},{\"pool\":\"pool:gold\",\"said\":\"took\"}],"
                        + "\"allocated_at\":\"2026-02-11T12:00:00.007Z\","
                        + "\"ws_url\":\"wss://voice.example.com/ws/pod/voice-agent-0/CA1\",\"merchant_id\":\"9shines\","
                        + "\"provider\":\"exotel\",\"flow\":\"\",\"template\":\"t\",\"incarnation\":\"uid-1/0\","
                        + "\"restored\":false}");
        assertAnswer(get("/api/v1/calls/CA9"), 404, "{\"error\":\"call not found\"}");
        assertAnswer(get("/api/v1/calls/a b"), 404, "{\"error\":\"call not found\"}");
    }

    @Test
    void theStatusCountsPoolsByTierName() {
        allocate("{\"call_sid\":\"CA1\"}");
        assertAnswer(
                get("/api/v1/status"),
                200,
                "{\"pools\":{\"gold\":{\"type\":\"exclusive\",\"assigned\":1,\"available\":0,\"active_calls\":1,"
                        + "\"draining\":0},\"9shines\":{\"type\":\"exclusive\",\"assigned\":1,\"available\":1,"
                        + "\"active_calls\":0,\"draining\":0}},\"active_calls\":1,\"is_leader\":true,\"status\":\"up\","
                        + "\"gate\":\"open\",\"leader\":null,\"leading_since\":null,\"last_reconcile\":null}");
    }

    @Test
    void aFaultOfOursSaysNothingOfItself() {
        router.pools.fault = new IllegalStateException("a secret");
        var answer = allocate("{\"call_sid\":\"CA1\",\"merchant_id\":\"m\"}");
        assertAnswer(answer, 500, "{\"error\":\"internal error\"}");
        assertThat(router.panics).hasSize(1);
        assertThat(router.panics.getFirst()).hasMessage("a secret");
    }
}
