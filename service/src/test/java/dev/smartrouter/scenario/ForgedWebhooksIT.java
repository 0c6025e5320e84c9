package dev.smartrouter.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartrouter.auth.Hmac;
import dev.smartrouter.auth.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whoever is not the provider takes no pod and ends no call; where that is only watched, it is served and counted. */
class ForgedWebhooksIT {
    private static final String PUBLIC = "https://voice.example.com";
    private static final String CALLBACK = "/agent/voice/breeze-buddy/twilio/callback/hello";
    private static final String STATUS = "/api/v1/twilio/status";
    private static final String REFUSED = "{\"error\":\"the webhook does not prove where it comes from\"}";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static final Hmac TWILIO = Hmac.sha1(new Secret("twilio-token"));
    private static final Hmac PLIVO = Hmac.sha256(new Secret("plivo-token"));

    private static Town town;
    private static Router strict;
    private static Router watching;

    @BeforeAll
    static void found() {
        town = Town.found()
                .pods("standard", "voice-agent-1", "voice-agent-2", "voice-agent-3")
                .with("PUBLIC_BASE_URL", PUBLIC)
                .with("TWILIO_AUTH_TOKEN", "next-token,twilio-token")
                .with("PLIVO_AUTH_TOKEN", "plivo-token")
                .with("EXOTEL_SECRET", "exotel-secret");
        strict = town.routers(1).router(0);
        watching = town.with("WEBHOOK_AUTH", "log").routers(1).router(1);
    }

    @AfterAll
    static void leave() {
        town.close();
    }

    @AfterEach
    void hangUp() {
        for (var call : town.liveCalls()) strict.caller().release(call);
        town.awaitWhole();
    }

    @Test
    void whatItsProviderSignedIsServed() {
        assertThat(twilio(CALLBACK, "CallSid=CA1&From=%2B1", "CallSidCA1From+1").body())
                .contains("<Connect>");
        assertThat(twilio(CALLBACK + "?CallSid=CA2&merchant_id=acme", "", "").body())
                .contains("<Connect>");
        assertThat(plivo("CallUUID=u-1", "CallUUIDu-1").body()).contains("<Stream bidirectional");
        assertThat(town.liveCalls()).containsExactly("CA1", "CA2", "u-1");
        assertThat(twilio(STATUS, "CallSid=CA1&CallStatus=completed", "CallSidCA1CallStatuscompleted")
                        .statusCode())
                .isEqualTo(204);
        assertThat(town.liveCalls()).containsExactly("CA2", "u-1");
        assertThat(send(strict, "/api/v1/exotel/allocate?auth_token=exotel-secret", "{\"CallSid\":\"e-1\"}", Map.of())
                        .body())
                .contains("{\"url\":\"wss://");
    }

    @Test
    void whatItDidNotSignTakesNoPodAndEndsNoCall() {
        strict.caller().allocate("CA1");
        var signed = Map.of("X-Twilio-Signature", sign(TWILIO, PUBLIC + CALLBACK + "CallSidCA9From+1"));
        for (var form :
                List.of("CallSid=CA8&From=%2B1", "CallSid=CA9", "CallSid=CA9&From=%2B1&x=1", "From=CA9&CallSid=%2B1")) {
            assertThat(answer(send(strict, CALLBACK, form, signed))).as(form).isEqualTo("403 " + REFUSED);
        }
        assertThat(answer(send(strict, CALLBACK + "?merchant_id=9shines", "CallSid=CA9&From=%2B1", signed)))
                .isEqualTo("403 " + REFUSED);
        assertThat(answer(send(strict, CALLBACK, "CallSid=CA9&From=%2B1", Map.of())))
                .isEqualTo("403 " + REFUSED);
        assertThat(answer(send(strict, STATUS, "CallSid=CA1&CallStatus=completed", Map.of())))
                .isEqualTo("403 " + REFUSED);
        assertThat(answer(send(strict, STATUS + "?CallSid=CA1&CallStatus=completed", "", Map.of())))
                .isEqualTo("403 " + REFUSED);
        assertThat(answer(send(strict, "/api/v1/plivo/allocate", "CallUUID=u-1", Map.of())))
                .isEqualTo("403 " + REFUSED);
        assertThat(answer(send(strict, "/api/v1/exotel/allocate?auth_token=x", "{\"CallSid\":\"e-1\"}", Map.of())))
                .isEqualTo("403 " + REFUSED);
        assertThat(answer(send(strict, "/api/v1/exotel/status", "CallSid=CA1&Status=completed", Map.of())))
                .isEqualTo("403 " + REFUSED);
        assertThat(town.liveCalls()).containsExactly("CA1");
        assertThat(figures(strict))
                .contains(
                        "smart_router_webhook_checks_total{outcome=\"refused\",provider=\"twilio\"} ",
                        "smart_router_webhook_checks_total{outcome=\"refused\",provider=\"plivo\"} ",
                        "smart_router_webhook_checks_total{outcome=\"refused\",provider=\"exotel\"} ")
                .doesNotContain("exotel-secret", "tolerated");
    }

    /** Whoever saw one may send it again; it says what was said before, and the call has its pod already. */
    @Test
    void whatIsSentAgainGetsTheSameAnswer() {
        var first = twilio(CALLBACK, "CallSid=CA1", "CallSidCA1").body();
        assertThat(twilio(CALLBACK, "CallSid=CA1", "CallSidCA1").body()).isEqualTo(first);
        assertThat(town.liveCalls()).containsExactly("CA1");
    }

    @Test
    void whereItIsOnlyWatchedItIsServedAndCounted() {
        assertThat(send(watching, CALLBACK, "CallSid=CA1", Map.of("X-Twilio-Signature", "AAAA"))
                        .body())
                .contains("<Connect>");
        assertThat(send(watching, "/api/v1/plivo/allocate", "CallUUID=u-1", Map.of())
                        .body())
                .contains("<Stream bidirectional");
        assertThat(send(watching, "/api/v1/exotel/allocate?CallSid=e-1", "", Map.of())
                        .body())
                .contains("{\"url\":\"wss://");
        assertThat(figures(watching))
                .contains(
                        "smart_router_webhook_checks_total{outcome=\"tolerated\",provider=\"twilio\"} 1.0",
                        "smart_router_webhook_checks_total{outcome=\"tolerated\",provider=\"plivo\"} 1.0",
                        "smart_router_webhook_checks_total{outcome=\"tolerated\",provider=\"exotel\"} 1.0")
                .doesNotContain("refused\",provider");
    }

    /** A proxy that changes path and query tells the ones that were called: these were signed, and these count. */
    @Test
    void whatAProxyMadeOfItOnTheWayDoesNotMatterAndCannotBeUsed() {
        var called = "/hooks/tw?merchant_id=acme&x=1";
        var signed =
                Map.of("X-Twilio-Signature", sign(TWILIO, PUBLIC + called + "CallSidCA1"), "X-Original-URI", called);
        assertThat(send(strict, "/api/v1/twilio/allocate?merchant_id=9shines&template=t", "CallSid=CA1", signed)
                        .body())
                .contains("<Connect>");
        assertThat(strict.caller().call("CA1").body()).contains("\"merchant_id\":\"acme\"");

        var get = CALLBACK + "?CallSid=CA2";
        var signedGet = Map.of("X-Twilio-Signature", sign(TWILIO, PUBLIC + get), "X-Original-URI", get);
        assertThat(send(strict, CALLBACK + "?CallSid=CA3", "", signedGet).body())
                .contains("/CA2\"");
        assertThat(town.liveCalls()).containsExactly("CA1", "CA2");
        assertThat(answer(send(strict, STATUS + "?CallStatus=completed", "", signedGet)))
                .as("a webhook is no status callback")
                .isEqualTo("403 " + REFUSED);
    }

    @Test
    void aWebhookThatIsTooLargeIsNoneOfAnyProvider() {
        assertThat(send(strict, CALLBACK, "CallSid=CA1&x=" + "x".repeat(20_000), Map.of())
                        .statusCode())
                .isEqualTo(413);
    }

    private static HttpResponse<String> twilio(String target, String form, String formAsSigned) {
        return send(strict, target, form, Map.of("X-Twilio-Signature", sign(TWILIO, PUBLIC + target + formAsSigned)));
    }

    private static HttpResponse<String> plivo(String form, String formAsSigned) {
        var target = "/api/v1/plivo/allocate";
        var signature = sign(PLIVO, PUBLIC + target + "?" + formAsSigned + ".77");
        return send(
                strict, target, form, Map.of("X-Plivo-Signature-V3", signature, "X-Plivo-Signature-V3-Nonce", "77"));
    }

    private static String sign(Hmac key, String text) {
        return Base64.getEncoder().encodeToString(key.of(text));
    }

    private static HttpResponse<String> send(Router router, String target, String body, Map<String, String> headers) {
        var request = HttpRequest.newBuilder(URI.create(router.api() + target));
        headers.forEach(request::header);
        if (!body.isEmpty()) request.POST(BodyPublishers.ofString(body));
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String figures(Router router) {
        return new Caller(router.admin()).get("/metrics").body();
    }

    private static String answer(HttpResponse<String> response) {
        return response.statusCode() + " " + response.body();
    }
}
