package dev.smartrouter.simulator.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.plivo.api.util.Utils;
import com.twilio.security.RequestValidator;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The providers' own SDKs say whether our signatures are theirs. */
class SignatureTest {
    private static final String SECRET = "12345-secret";
    private static final URI PUBLIC = URI.create("https://router.example.com");
    private static final Twilio TWILIO = new Twilio(PUBLIC, Optional.of(SECRET));
    private static final Plivo PLIVO = new Plivo(PUBLIC, Optional.of(SECRET));

    /** Enough calls for each form that a request may have. */
    private static Stream<CallPlan> calls(Telephony telephony) {
        return IntStream.range(0, 40).mapToObj(i -> Plans.talks("CA" + i, telephony));
    }

    private static Stream<Request> twilio() {
        return calls(Telephony.TWILIO)
                .flatMap(call -> Stream.of(
                        TWILIO.webhook(call),
                        TWILIO.status(TWILIO.statusPath(), call, Outcome.COMPLETED, Duration.ofSeconds(9))));
    }

    @ParameterizedTest
    @MethodSource("twilio")
    void twiliosSdkTakesItForTwilios(Request request) {
        var validator = new RequestValidator(SECRET);
        var signature = request.headers().get("X-Twilio-Signature");
        assertThat(validator.validate(PUBLIC + request.target(), formOf(request.body()), signature))
                .isTrue();
        assertThat(validator.validate(PUBLIC + request.target() + "x", formOf(request.body()), signature))
                .isFalse();
    }

    private static Stream<Request> plivo() {
        return calls(Telephony.PLIVO)
                .flatMap(call -> Stream.of(
                        PLIVO.webhook(call), PLIVO.status(PLIVO.statusPath(), call, Outcome.BUSY, Duration.ZERO)));
    }

    @ParameterizedTest
    @MethodSource("plivo")
    @SuppressWarnings("unchecked")
    void plivosSdkTakesItForPlivos(Request request) throws Exception {
        var nonce = request.headers().get("X-Plivo-Signature-V3-Nonce");
        var signature = request.headers().get("X-Plivo-Signature-V3");
        var url = PUBLIC + request.target();
        var form = formOf(request.body());
        assertThat(Utils.validateSignatureV3(url, nonce, signature, SECRET, "POST", form))
                .isTrue();
        assertThat(Utils.validateSignatureV3(url, nonce + "0", signature, SECRET, "POST", form))
                .isFalse();
    }

    @Test
    void someOfTwiliosWebhooksAreGets() {
        var methods = calls(Telephony.TWILIO).map(call -> TWILIO.webhook(call).method());
        assertThat(methods).contains("GET", "POST");
    }

    @Test
    void exotelAsksInThreeFormsAndCarriesItsSecretInTheUrl() {
        var exotel = new Exotel(Optional.of("a b"));
        var requests = calls(Telephony.EXOTEL).map(exotel::webhook).toList();
        assertThat(requests).allMatch(request -> request.target().contains("auth_token=a+b"));
        assertThat(requests)
                .extracting(request -> request.headers().getOrDefault("Content-Type", request.method()))
                .contains("GET", "application/json", Request.FORM);
    }

    @Test
    void nothingIsSignedWithoutASecret() {
        var call = Plans.talks("CA1", Telephony.TWILIO);
        assertThat(new Twilio(PUBLIC, Optional.empty()).webhook(call).headers())
                .doesNotContainKey("X-Twilio-Signature");
        assertThat(new Plivo(PUBLIC, Optional.empty()).webhook(call).headers())
                .doesNotContainKey("X-Plivo-Signature-V3");
        assertThat(new Exotel(Optional.empty()).webhook(call).target()).doesNotContain("auth_token");
    }

    private static Map<String, String> formOf(String body) {
        var fields = new HashMap<String, String>();
        for (var pair : body.split("&")) {
            var parts = pair.split("=", 2);
            if (parts.length == 2) {
                fields.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
            }
        }
        return fields;
    }
}
