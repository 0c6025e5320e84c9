package dev.smartrouter.k3s;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartrouter.k3s.Wire.Reply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which paths of the public door lead where, and that no others lead anywhere. */
@EnabledIf(value = "dev.smartrouter.k3s.Nginx#isHere", disabledReason = Nginx.MISSING)
class PublicRoutesIT {
    private static final String BUDDY = "/agent/voice/breeze-buddy/";
    private static final String CALL = "CA-routes";

    private static PublicDoor door;

    @BeforeAll
    static void open() {
        door = new PublicDoor();
    }

    @AfterAll
    static void shut() {
        door.close();
    }

    @AfterEach
    void hangUp() {
        door.release(CALL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"callback", "callback/", "callback/hello", "callback/order.confirm-2?merchant_id=acme&x=%2F"})
    void aWebhookOfAProviderReachesARouter(String path) {
        assertThat(twilio(path).body())
                .contains("<Stream url=\"ws://127.0.0.1:" + door.nginx().port() + "/ws/pod/voice-agent-");
        door.release(CALL);
        assertThat(door.wire().post(BUDDY + "plivo/" + path, "CallUUID=" + CALL).body())
                .contains("<Stream bidirectional=\"true\"", "/ws/pod/voice-agent-", CALL);
        door.release(CALL);
        assertThat(door.wire().post(BUDDY + "exotel/" + path, "CallSid=" + CALL).body())
                .contains("{\"url\":\"ws://", "/ws/pod/voice-agent-", CALL);
        assertThat(door.wire()
                        .get(BUDDY + "exotel/callback/hello?CallSid=" + CALL)
                        .body())
                .contains("{\"url\":\"ws://", CALL);
    }

    /** Each of these the router's own HTTP server refuses; a caller must not suffer from a label. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "callback/a%2Fb",
                "callback/a%25b",
                "callback/a/../b",
                "callback/a/b/c",
                "callback//hello",
                "callback/a%2f%2e%2e%2fb",
                "callback/a%5Cb",
                "callback/a;b=c",
                "callback/..;/x",
                "callback/...",
                "callback/%E0%A4",
                "callback/%7Bname%7D",
            })
    void aTemplateThatIsSpeltInAnOddWayCostsNobodyTheCall(String path) {
        assertThat(twilio(path + "?merchant_id=acme").body()).contains("<Stream url=\"ws://");
    }

    @Test
    void aTemplateAndAMerchantReachTheRouterAsTheyWereSent() {
        twilio("callback/order%20confirm?merchant_id=acme");
        assertThat(door.routerWire().get("/api/v1/calls/" + CALL).body())
                .contains("\"template\":\"order confirm\"", "\"merchant_id\":\"acme\"");
    }

    @Test
    void healthAndReadinessAreTheRoutersOwn() {
        assertThat(door.wire().get("/health").body()).isEqualTo("{\"status\":\"ok\"}");
        assertThat(door.wire().get("/ready").body()).isEqualTo("{\"status\":\"ready\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/api/v1/allocate",
                "/api/v1/release",
                "/api/v1/drain",
                "/api/v1/status",
                "/api/v1/metrics",
                "/api/v1/twilio/allocate",
                "/api/v1/twilio/status",
                "/metrics",
                "/healthcheck",
                "/health/",
                "/health/../api/v1/status",
                "/health%2f..%2fapi/v1/status",
                "//api/v1/status",
                "/%61pi/v1/status",
                "/agent/voice/breeze-buddy/twilio/callback/../../../../../api/v1/status",
                "/agent/voice/breeze-buddy/twilio/callback/%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/api/v1/release",
                "/agent/voice/breeze-buddy/twilio/callback/%2e%2e%2f",
                "/agent/voice/breeze-buddy/twilio/callbacks",
                "/agent/voice/breeze-buddy/twilio",
                "/agent/voice/breeze-buddy/vonage/callback/hello",
                "/agent/voice/breeze-buddy/TWILIO/callback/hello",
                "/nginx_status",
            })
    void nothingElseIsThere(String path) {
        for (var method : new String[] {"GET", "POST", "DELETE"}) {
            var reply = door.wire().ask(method, path, "");
            assertThat(reply.status()).as(method + " " + path).isEqualTo(404);
            assertThat(reply.body()).isEqualTo("{\"error\":\"not found\"}");
        }
    }

    @ParameterizedTest
    @CsvSource({"GET,/../etc/passwd", "GET,/health%00", "'GET /x',/health", "get,/health", "CONNECT,/health"})
    void aRequestThatIsNoneIsRefused(String method, String path) {
        assertThat(door.wire().ask(method, path, "").status()).isIn(400, 405);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HEAD", "PUT", "DELETE", "PATCH", "OPTIONS"})
    void aWebhookIsAGetOrAPost(String method) {
        for (var provider : new String[] {"twilio", "plivo", "exotel"}) {
            var reply = door.wire().ask(method, BUDDY + provider + "/callback/hello?CallSid=" + CALL, "");
            assertThat(reply.status()).isEqualTo(405);
            assertThat(reply.header("Allow")).isEqualTo("GET, POST");
        }
        assertThat(door.release(CALL)).as("a pod was taken").isFalse();
    }

    /** No address is ever asked for but a voice agent's. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/ws/pod/voice-agent-1.evil.com/CA1",
                "/ws/pod/voice-agent-1:9090/CA1",
                "/ws/pod/voice-agent-1@evil.com/CA1",
                "/ws/pod/voice-agent-1%2eevil.com/CA1",
                "/ws/pod/voice-agent-1%3A22/CA1",
                "/ws/pod/evil.com%23voice-agent-1/CA1",
                "/ws/pod/Voice-Agent-1/CA1",
                "/ws/pod/voice-agent-/CA1",
                "/ws/pod/voice-agent-12345/CA1",
                "/ws/pod/voice-agent--1/CA1",
                "/ws/pod/voice-agent-1a/CA1",
                "/ws/pod/smart-router/CA1",
                "/ws/pod/redis/CA1",
                "/ws/pod/localhost/CA1",
                "/ws/pod/127.0.0.1/CA1",
                "/ws/pod/voice-agent-1",
                "/ws/pod/voice-agent-1/",
                "/ws/pod/voice-agent-1/CA1/more",
                "/ws/pod/voice-agent-1/CA%2F1",
                "/ws/pod/voice-agent-1/CA%0d%0aX-Evil:1",
                "/ws/pod/voice-agent-1/../../health",
                "/ws/pod/voice-agent-1/%2e%2e/voice-agent-1.evil.com/CA1",
            })
    void aPodIsAVoiceAgentByNameAndNothingElse(String path) {
        door.names().asked().clear();
        assertThat(door.wire().knock(path).status()).isIn(400, 404);
        assertThat(door.names().asked()).isEmpty();
        assertThat(PublicDoor.PODS)
                .allSatisfy(pod -> assertThat(door.pod(pod).callers()).isEmpty());
    }

    @Test
    void onlyAHandshakeReachesAPod() {
        assertThat(door.wire().get("/ws/pod/voice-agent-1/CA1").status()).isEqualTo(426);
        assertThat(door.wire().get("/ws/pod/voice-agent-1/CA1", "Upgrade: h2c").status())
                .isEqualTo(426);
        assertThat(door.wire()
                        .post("/ws/pod/voice-agent-1/CA1", "a=b", "Upgrade: websocket")
                        .status())
                .isEqualTo(405);
        assertThat(door.pod("voice-agent-1").callers()).isEmpty();
    }

    @Test
    void aBodyThatNoWebhookHasIsRefused() {
        var path = BUDDY + "twilio/callback/hello";
        var form = "CallSid=" + CALL + "&filler=";
        assertThat(door.wire()
                        .post(path, form + "x".repeat(16 * 1024 - form.length()))
                        .body())
                .contains("<Stream");
        assertThat(door.wire().post(path, form + "x".repeat(16 * 1024)).status())
                .isEqualTo(413);
    }

    @Test
    void nobodyLearnsWhatServesHere() {
        assertThat(door.wire().get("/nothing").header("Server")).isEqualTo("nginx");
        assertThat(door.wire().get("/%").text()).doesNotContain("nginx/");
    }

    @Test
    void whatAuthenticatesAProviderIsNotLogged() {
        door.wire().get(BUDDY + "exotel/callback/hello?auth_token=hunter2&CallSid=" + CALL);
        door.wire().get("/nothing?auth_token=hunter2");
        assertThat(door.nginx().log())
                .contains("\"path\":\"/agent/voice/breeze-buddy/exotel/callback/hello\"", "\"path\":\"/nothing\"")
                .doesNotContain("hunter2", "auth_token");
    }

    private static Reply twilio(String path) {
        return door.wire().post(BUDDY + "twilio/" + path, "CallSid=" + CALL);
    }
}
