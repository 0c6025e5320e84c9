package dev.smartrouter.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.twilio.security.RequestValidator;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Twilio's SDK signs we accept, and what is changed afterwards neither of us does. */
class TwilioSignatureTest {
    private static final String TOKEN = "1c892n40nd03kdnc0112slzkl3091j20";
    private static final String BASE = "https://voice.example.com";
    private static final String HEADER = "X-Twilio-Signature";
    private static final Map<String, String> FORM = Map.of("CallSid", "CA1", "From", "+15551234567", "To", "");

    private record Row(String target, Map<String, String> form) {}

    static Stream<Row> requests() {
        return Stream.of(
                        "/agent/voice/breeze-buddy/twilio/callback",
                        "/agent/voice/breeze-buddy/twilio/callback/",
                        "/agent/voice/breeze-buddy/twilio/callback/hello",
                        "/agent/voice/breeze-buddy/twilio/callback/hello?merchant_id=acme",
                        "/agent/voice/breeze-buddy/twilio/callback/hello?",
                        "/agent/voice/breeze-buddy/twilio/callback/order%20confirm?a=%2F&b=&c&a=x+y&é=ü",
                        "/api/v1/twilio/status?CallSid=CA1")
                .flatMap(target -> Stream.of(
                                Map.<String, String>of(),
                                Map.of("CallSid", "CA1"),
                                FORM,
                                Map.of("CallSid", "CA1", "CallerCity", "Karnātaka 東京 🙂", "a&b=c", "100% +x"),
                                Map.of("b", "1", "B", "2", "_", "3", "é", "4", "", "5"))
                        .map(form -> new Row(target, form)));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void whatTheSdkSignsIsAccepted(Row row) {
        var signature = Map.of(HEADER, Sdk.twilio(TOKEN, BASE + row.target, row.form));
        assertThat(by(BASE).holds(request(row.target, row.form, signature))).isTrue();
    }

    @ParameterizedTest
    @MethodSource("requests")
    void whatIsChangedIsNot(Row row) {
        var signature = Map.of(HEADER, Sdk.twilio(TOKEN, BASE + row.target, row.form));
        var more = new TreeMap<>(row.form);
        more.put("CallSid", "CA2");
        assertThat(by(BASE).holds(request(row.target, more, signature))).isFalse();
        assertThat(by(BASE).holds(request(row.target + "x", row.form, signature)))
                .isFalse();
        assertThat(by("https://other.example.com").holds(request(row.target, row.form, signature)))
                .isFalse();
        assertThat(new TwilioSignature(new PublicUrl(BASE), Keyring.parse(TOKEN + "0"))
                        .holds(request(row.target, row.form, signature)))
                .isFalse();
    }

    @Test
    void aShorterABorrowedAndAReorderedRequestIsNot() {
        var target = Sent.PATH + "?merchant_id=acme&x=1";
        var signature = Map.of(HEADER, Sdk.twilio(TOKEN, BASE + target, FORM));
        assertThat(by(BASE).holds(Sent.post(target, Sent.form(FORM), signature)))
                .isTrue();
        assertThat(by(BASE).holds(Sent.post(target, "CallSid=CA1&From=%2B15551234567", signature)))
                .as("cut off")
                .isFalse();
        assertThat(by(BASE).holds(Sent.post(target, "CallSid=%2B15551234567&From=CA1&To=", signature)))
                .as("values exchanged")
                .isFalse();
        assertThat(by(BASE).holds(Sent.post(Sent.PATH + "?x=1&merchant_id=acme", Sent.form(FORM), signature)))
                .as("the query in another order")
                .isFalse();
        assertThat(by(BASE).holds(Sent.get(target, signature)))
                .as("without its form")
                .isFalse();
        assertThat(by(BASE).holds(Sent.post(target, "To=&From=%2B15551234567&CallSid=CA1", signature)))
                .as("the same form in another order says the same")
                .isTrue();
    }

    /** Twilio's own libraries for other languages: each value once, in their order. */
    @Test
    void aValueThatComesTwiceCountsOnce() {
        var signed = Sdk.twilio(TOKEN, BASE + Sent.PATH + "DigitsDigits1Digits2", Map.of())
                .isEmpty();
        assertThat(signed).isFalse();
        var signature = Map.of(HEADER, Sdk.twilio(TOKEN, BASE + Sent.PATH + "Digits1Digits2", Map.of()));
        assertThat(by(BASE).holds(Sent.post(Sent.PATH, "Digits=2&Digits=1&Digits=2", signature)))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://voice.example.com",
                "https://voice.example.com:443",
                "https://voice.example.com:8443",
                "http://voice.example.com",
                "http://voice.example.com:80/base"
            })
    void thePortMayBeSaidOrNot(String base) {
        var validator = new RequestValidator(TOKEN);
        for (var form : new PublicUrl(base).forms()) {
            var signature = Sdk.twilio(TOKEN, form + Sent.PATH, FORM);
            assertThat(by(base).holds(request(Sent.PATH, FORM, Map.of(HEADER, signature))))
                    .as(form)
                    .isTrue();
            assertThat(validator.validate(base + Sent.PATH, FORM, signature))
                    .as(form)
                    .isTrue();
        }
        var elsewhere = Sdk.twilio(TOKEN, "https://voice.example.com:9443" + Sent.PATH, FORM);
        assertThat(by(base).holds(request(Sent.PATH, FORM, Map.of(HEADER, elsewhere))))
                .isFalse();
    }

    /** The body and its hash are the example of Twilio's own tests. */
    @Test
    void aBodyThatIsNoFormIsHeldAgainstItsHash() throws Exception {
        var body = "{\"property\": \"value\", \"boolean\": true}";
        var hash = "0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620";
        var target = Sent.PATH + "?bodySHA256=" + hash;
        var signature = Sdk.twilio(TOKEN, BASE + target, Map.of());
        assertThat(new RequestValidator(TOKEN).validate(BASE + target, body, signature))
                .isTrue();
        assertThat(by(BASE).holds(Sent.post(target, body, Map.of(HEADER, signature))))
                .isTrue();
        assertThat(by(BASE).holds(Sent.post(target, body + " ", Map.of(HEADER, signature))))
                .isFalse();
        assertThat(by(BASE).holds(Sent.post(target, "", Map.of(HEADER, signature))))
                .isFalse();
        var upper = Sent.PATH + "?bodySHA256=" + hash.toUpperCase(Locale.ROOT);
        assertThat(by(BASE).holds(Sent.post(upper, body, Map.of(HEADER, Sdk.twilio(TOKEN, BASE + upper, Map.of())))))
                .isFalse();
        assertThat(by(BASE).holds(Sent.post(
                        Sent.PATH, body, Map.of(HEADER, Sdk.twilio(TOKEN, BASE + Sent.PATH, Map.of())))))
                .as("no hash: the body is not what was signed")
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "=", "AAAA", "not base64 at all", "\u0000", "é"})
    void whatIsNoSignatureIsNone(String signature) {
        assertThat(by(BASE).holds(request(Sent.PATH, FORM, Map.of(HEADER, signature))))
                .isFalse();
        assertThat(by(BASE).holds(request(Sent.PATH, FORM, Map.of()))).isFalse();
    }

    @Test
    void twoTokensAreGoodAtOnce() {
        var both = new TwilioSignature(new PublicUrl(BASE), Keyring.parse("old, " + TOKEN));
        for (var token : new String[] {"old", TOKEN}) {
            var signature = Map.of(HEADER, Sdk.twilio(token, BASE + Sent.PATH, FORM));
            assertThat(both.holds(request(Sent.PATH, FORM, signature))).isTrue();
        }
    }

    @Test
    void aMerchantsAccountSignsForThatMerchantAlone() {
        var proof =
                new TwilioSignature(new PublicUrl(BASE), Keyring.parse("house,acme:theirs,acme:next,9shines:other"));
        assertThat(signedFor(proof, "acme", "theirs")).isTrue();
        assertThat(signedFor(proof, "acme", "next")).isTrue();
        assertThat(signedFor(proof, "acme", "house")).isFalse();
        assertThat(signedFor(proof, "acme", "other")).isFalse();
        assertThat(signedFor(proof, "9shines", "other")).isTrue();
        assertThat(signedFor(proof, "bluebird", "house")).isTrue();
        assertThat(signedFor(proof, "bluebird", "theirs")).isFalse();
        assertThat(signedFor(proof, "", "house")).isTrue();
        assertThat(signedFor(proof, "", "theirs")).isFalse();
    }

    private static boolean signedFor(Proof proof, String merchant, String token) {
        var target = Sent.PATH + (merchant.isEmpty() ? "" : "?merchant_id=" + merchant);
        var inForm = merchant.isEmpty() ? FORM : Map.of("CallSid", "CA1", "reseller_id", merchant);
        var inQuery = proof.holds(request(target, FORM, Map.of(HEADER, Sdk.twilio(token, BASE + target, FORM))));
        var inBody =
                proof.holds(request(Sent.PATH, inForm, Map.of(HEADER, Sdk.twilio(token, BASE + Sent.PATH, inForm))));
        assertThat(inBody).isEqualTo(inQuery);
        return inQuery;
    }

    private static SentWebhook request(String target, Map<String, String> form, Map<String, String> headers) {
        return form.isEmpty() ? Sent.get(target, headers) : Sent.post(target, Sent.form(form), headers);
    }

    private static Proof by(String base) {
        return new TwilioSignature(PublicUrl.parse(base), Keyring.parse(TOKEN));
    }
}
