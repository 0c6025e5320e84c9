package dev.smartrouter.provider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.smartrouter.pool.Claim;
import io.dropwizard.testing.junit5.DropwizardExtensionsSupport;
import io.dropwizard.testing.junit5.ResourceExtension;
import jakarta.ws.rs.core.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(DropwizardExtensionsSupport.class)
class WebhookTest {
    private static final String TWILIO = "/api/v1/twilio/allocate";
    private static final String PLIVO = "/api/v1/plivo/allocate";
    private static final String EXOTEL = "/api/v1/exotel/allocate";
    private static final String CALLBACK = "/agent/voice/breeze-buddy/";

    private final ProviderFixture router = new ProviderFixture();

    @SuppressWarnings("unused") // the extension finds it
    private final ResourceExtension server = router.server;

    WebhookTest() {
        router.router.pools.pod("pool:gold", "voice-agent-0").pod("merchant:9shines", "voice-agent-5");
        router.router.pools.configs.put("9shines", "{\"pool\":\"9shines\"}");
    }

    private static String text(Response answer) {
        return answer.readEntity(String.class);
    }

    private void assertStreams(Response answer, String pod, String call) {
        assertThat(answer.getStatus()).isEqualTo(200);
        assertThat(text(answer)).contains("wss://voice.example.com/ws/pod/" + pod + "/" + call);
    }

    @ParameterizedTest
    @CsvSource({
        "twilio, CallSid=CA1&AccountSid=AC1&From=%2B1234567890",
        "plivo, CallUUID=CA1&From=1234567890",
        "exotel, CallSid=CA1&CallFrom=1234567890",
    })
    void aWebhookIsAnsweredByPostAndGetOnBothPaths(String provider, String fields) {
        assertStreams(router.form("/api/v1/" + provider + "/allocate", fields), "voice-agent-0", "CA1");
        assertStreams(router.get("/api/v1/" + provider + "/allocate?" + fields), "voice-agent-0", "CA1");
        for (var path : new String[] {"/callback", "/callback/", "/callback/test-template", "/callback/a%20b"}) {
            assertStreams(router.form(CALLBACK + provider + path, fields), "voice-agent-0", "CA1");
            assertStreams(router.get(CALLBACK + provider + path + "?" + fields), "voice-agent-0", "CA1");
        }
        assertThat(router.router.panics).isEmpty();
    }

    @Test
    void aCallerBeyondAMerchantsLimitHearsThatAllAreBusy() {
        for (int i = 0; i < 3; i++) router.router.pools.script.add(new Claim.Limited(Claim.Limit.MAX_CALLS));
        assertThat(text(router.form(TWILIO, "CallSid=CA1"))).contains("all our agents are busy", "<Hangup/>");
        assertThat(text(router.form(PLIVO, "CallUUID=CA1"))).contains("all our agents are busy");
        var exotel = router.json(EXOTEL, "{\"CallSid\":\"CA1\"}");
        assertThat(exotel.getStatus()).isEqualTo(503);
        assertThat(text(exotel)).contains("merchant limit reached");
    }

    @Test
    void twilioAndPlivoAreAnsweredInXmlAndExotelInJson() {
        assertThat(router.form(TWILIO, "CallSid=CA1").getHeaderString("Content-Type"))
                .isEqualTo("application/xml");
        assertThat(router.form(PLIVO, "CallUUID=CA1").getHeaderString("Content-Type"))
                .isEqualTo("application/xml");
        var exotel = router.json(EXOTEL, "{\"CallSid\":\"CA1\",\"merchant_id\":\"test\"}");
        assertThat(exotel.getHeaderString("Content-Type")).isEqualTo("application/json");
        assertThat(text(exotel)).isEqualTo("{\"url\":\"wss://voice.example.com/ws/pod/voice-agent-0/CA1\"}");
    }

    @Test
    void whereACallComesFromIsKept() {
        router.form(CALLBACK + "twilio/callback/order-confirmation?merchant_id=m&flow=v1", "CallSid=CA1");
        var claim = router.router.pools.claims.getLast();
        assertThat(claim.origin()).hasToString("Origin[provider=twilio, flow=v1, template=order-confirmation]");
        assertThat(claim.merchant().orElseThrow()).hasToString("m");
    }

    @ParameterizedTest
    @CsvSource({
        "?merchant_id=9shines, CallSid=CA1, voice-agent-5",
        "?reseller_id=9shines, CallSid=CA1, voice-agent-5",
        "'', CallSid=CA1&merchant_id=9shines, voice-agent-5",
        "'', CallSid=CA1&reseller_id=9shines, voice-agent-5",
        "?merchant_id=9shines, CallSid=CA1&merchant_id=other, voice-agent-5",
        "?merchant_id=other, CallSid=CA1&merchant_id=9shines, voice-agent-0",
        "?merchant_id=, CallSid=CA1&merchant_id=9shines, voice-agent-5",
        "?merchant_id=9%20shines, CallSid=CA1, voice-agent-0",
        "?merchant_id=%3Cscript%3E, CallSid=CA1&merchant_id=9shines, voice-agent-0",
        "'', CallSid=CA1&merchant_id=%ff, voice-agent-0",
        "'', CallSid=CA1, voice-agent-0",
    })
    void theMerchantIsTheQuerysThenTheBodysElseNobody(String query, String body, String pod) {
        assertStreams(router.form(TWILIO + query, body), pod, "CA1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/octet-stream", "application/json", "multipart/form-data"})
    void aWrongContentTypeIsNoReasonToDropACaller(String contentType) {
        var form = "CallSid=CA1".getBytes(UTF_8);
        assertStreams(router.post(TWILIO, form, contentType), "voice-agent-0", "CA1");
        var json = "{\"CallSid\":\"CA1\"}".getBytes(UTF_8);
        assertStreams(router.post(EXOTEL, json, contentType), "voice-agent-0", "CA1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "CallSid=",
                "CallSid=%20",
                "CallSid=a%20b",
                "CallSid=%2F..%2F",
                "AccountSid=AC1",
                "{\"CallSid\":1.5e3",
                "{\"CallSid\":{\"a\":1}}",
                "CallSid=%00",
                "CallUUID=CA1",
                "\u0000\u0001&&&==%%%"
            })
    void aWebhookWithoutACallIsApologisedForOrRefused(String body) {
        for (var path : new String[] {TWILIO, CALLBACK + "twilio/callback/"}) {
            var twilio = router.form(path, body);
            assertThat(twilio.getStatus()).isEqualTo(200);
            assertThat(Xml.parse(text(twilio)).getFirstChild().getNodeName()).isEqualTo("Say");
        }
        var plivo = router.form(PLIVO, body.replace("CallUUID", "CallSid"));
        assertThat(plivo.getStatus()).isEqualTo(200);
        assertThat(Xml.parse(text(plivo)).getFirstChild().getNodeName()).isEqualTo("Speak");
        var exotel = router.form(EXOTEL, body);
        assertThat(exotel.getStatus()).isEqualTo(400);
        assertThat(text(exotel)).startsWith("{\"error\":\"");
        assertThat(router.router.pools.claims).isEmpty();
        assertThat(router.router.panics).isEmpty();
    }

    @Test
    void exotelIsToldWhatIsWrong() {
        assertThat(text(router.json(EXOTEL, "{}"))).isEqualTo("{\"error\":\"CallSid is required\"}");
        assertThat(text(router.json(EXOTEL, "{"))).isEqualTo("{\"error\":\"invalid request body\"}");
        assertThat(text(router.json(EXOTEL, "{\"CallSid\":\"a b\"}"))).contains("call_sid must be 1 to 128 of");
    }

    @Test
    void whenThereIsNoPodTheCallerHearsItAndExotelReadsIt() {
        router.form(TWILIO, "CallSid=CA1");
        assertThat(text(router.form(TWILIO, "CallSid=CA2"))).contains("<Say>", "busy", "<Hangup/>");
        assertThat(text(router.form(PLIVO, "CallUUID=CA2"))).contains("<Speak>", "busy", "<Hangup/>");
        var exotel = router.json(EXOTEL, "{\"CallSid\":\"CA2\"}");
        assertThat(exotel.getStatus()).isEqualTo(503);
        assertThat(exotel.getHeaderString("Retry-After")).isEqualTo("1");
        assertThat(text(exotel))
                .isEqualTo("{\"error\":\"no pods available\",\"pools_tried\":"
                        + "[\"pool:gold\",\"pool:standard\",\"pool:basic\"]}");
    }

    @Test
    void whenTheStoreIsGoneTheCallerHearsAnApology() {
        router.router.pools.down = true;
        assertThat(text(router.form(TWILIO, "CallSid=CA1"))).contains("<Say>", "cannot connect", "<Hangup/>");
        assertThat(text(router.form(PLIVO, "CallUUID=CA1"))).contains("<Speak>", "cannot connect", "<Hangup/>");
        var exotel = router.get(EXOTEL + "?CallSid=CA1");
        assertThat(exotel.getStatus()).isEqualTo(503);
        assertThat(text(exotel)).isEqualTo("{\"error\":\"store unavailable\"}");
    }

    @Test
    void aFaultOfOursIsApologisedForAndCounted() {
        router.router.pools.fault = new IllegalStateException("a secret");
        assertThat(text(router.form(TWILIO + "?merchant_id=m", "CallSid=CA1"))).contains("<Say>", "cannot connect");
        var exotel = router.form(EXOTEL + "?merchant_id=m", "CallSid=CA1");
        assertThat(exotel.getStatus()).isEqualTo(500);
        assertThat(text(exotel)).isEqualTo("{\"error\":\"internal error\"}");
        assertThat(router.router.panics).hasSize(2);
    }

    @Test
    void aBodyOfMoreThan16KiBIsTooLarge() {
        var fits = "CallSid=CA1&x=" + "y".repeat(16 * 1024 - 14);
        assertThat(router.form(TWILIO, fits).getStatus()).isEqualTo(200);
        for (var path : new String[] {TWILIO, PLIVO, EXOTEL, CALLBACK + "twilio/callback/t", "/api/v1/twilio/status"}) {
            assertThat(router.form(path, fits + "z").getStatus()).isEqualTo(413);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/api/v1/twilio/allocate", "/api/v1/exotel/status", "/agent/voice/breeze-buddy/plivo/callback/t"
            })
    void aLookOrAnotherMethodTakesNoPod(String path) {
        for (var method : new String[] {"HEAD", "DELETE", "TRACE", "BREW"}) {
            var answer = router.request(path + "?CallSid=CA1&CallUUID=CA1").method(method);
            assertThat(answer.getStatus()).isEqualTo(405);
            assertThat(answer.getHeaderString("Allow")).contains("POST");
        }
        assertThat(router.router.pools.claims).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/api/v1/vonage/allocate", "/agent/voice/breeze-buddy/twilio/callback/a/b", "/api/v1/twilio", "/"
            })
    void anUnknownPathIsSaidInJson(String path) {
        var answer = router.form(path, "CallSid=CA1");
        assertThat(answer.getStatus()).isEqualTo(404);
        assertThat(text(answer)).isEqualTo("{\"error\":\"not found\"}");
    }
}
