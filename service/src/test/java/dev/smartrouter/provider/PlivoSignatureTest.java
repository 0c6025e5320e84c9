package dev.smartrouter.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.plivo.api.util.Utils;
import dev.smartrouter.auth.Hmac;
import dev.smartrouter.auth.Secret;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What Plivo's SDK signs we accept, and what is changed afterwards neither of us does. */
class PlivoSignatureTest {
    private static final String TOKEN = "ODgyYmQxYTQ2N2FkNDFiZTNhZWY4MDAwYWY4NzY0";
    private static final String NONCE = "12345678901234567890";
    private static final String BASE = "https://voice.example.com";
    private static final String PATH = "/agent/voice/breeze-buddy/plivo/callback/hello";
    private static final String HEADER = "X-Plivo-Signature-V3";
    private static final Map<String, String> FORM = Map.of("CallUUID", "u-1", "From", "15551234567", "To", "");

    private record Row(String target, Map<String, String> form) {}

    static Stream<Row> posts() {
        return Stream.of(
                        "/agent/voice/breeze-buddy/plivo/callback",
                        "/agent/voice/breeze-buddy/plivo/callback/",
                        PATH,
                        PATH + "?merchant_id=acme",
                        PATH + "?z=1&merchant_id=acme&empty=",
                        "/agent/voice/breeze-buddy/plivo/callback/order%20confirm?a=x%20y",
                        "/api/v1/plivo/status")
                .flatMap(target -> Stream.of(
                                Map.of("CallUUID", "u-1"),
                                FORM,
                                Map.of("CallUUID", "u-1", "City", "Karnātaka 東京 🙂", "a&b=c", "100% +x"),
                                Map.of("b", "1", "B", "2", "_", "3", "é", "4"))
                        .map(form -> new Row(target, form)));
    }

    @ParameterizedTest
    @MethodSource("posts")
    void whatTheSdkSignsIsAcceptedAndWhatIsChangedIsNot(Row row) {
        var signature = signed(Sdk.plivo(TOKEN, NONCE, "POST", BASE + row.target, row.form));
        assertThat(by(BASE).holds(Sent.post(row.target, Sent.form(row.form), signature)))
                .isTrue();
        var more = new TreeMap<>(row.form);
        more.put("CallUUID", "u-2");
        assertThat(by(BASE).holds(Sent.post(row.target, Sent.form(more), signature)))
                .isFalse();
        assertThat(by(BASE).holds(Sent.post(row.target + "x", Sent.form(row.form), signature)))
                .isFalse();
        assertThat(by(BASE).holds(Sent.get(row.target, signature))).isFalse();
        var otherNonce = new HashMap<>(signature);
        otherNonce.put(HEADER + "-Nonce", NONCE + "1");
        assertThat(by(BASE).holds(Sent.post(row.target, Sent.form(row.form), otherNonce)))
                .isFalse();
        assertThat(by("https://other.example.com").holds(Sent.post(row.target, Sent.form(row.form), signature)))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "CallUUID=u-1",
                "To=&CallUUID=u-1&From=15551234567",
                "CallUUID=u-1&city=Karn%C4%81taka%20%E6%9D%B1",
                "x=a%2Fb&CallUUID=u-1"
            })
    void aGetIsSignedWithItsQuerySortedAndDecoded(String query) {
        var target = PATH + "?" + query;
        var signature = signed(Sdk.plivo(TOKEN, NONCE, "GET", BASE + target, Map.of()));
        assertThat(by(BASE).holds(Sent.get(target, signature))).isTrue();
        assertThat(by(BASE).holds(Sent.get(target + "&CallUUID=u-2", signature)))
                .isFalse();
        assertThat(by(BASE).holds(Sent.get(target.replace("u-1", "u-2"), signature)))
                .isFalse();
        assertThat(by(BASE).holds(Sent.get(PATH, signature))).isFalse();
    }

    /** Each as one SDK or another builds it: with a form of nothing, with a value twice, with a port. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST | /p      |               | https://voice.example.com/p",
                "POST | /p      |               | https://voice.example.com/p?",
                "POST | /p?b=1  |               | https://voice.example.com/p?b=1",
                "POST | /p?b=1  |               | https://voice.example.com/p?b=1.",
                "POST | /p?b=2&a=x+y&b=1 | k=2&k=1&j= | https://voice.example.com/p?a=x y&b=1&b=2.jk1k2",
                "POST | /p      | k=1           | https://voice.example.com:443/p?k1",
                "POST | /p      | k=1           | https://voice.example.com/p?k1",
                "GET  | /p      |               | https://voice.example.com/p",
                "GET  | /p?b=2&b=1&a= |         | https://voice.example.com/p?a=&b=1&b=2",
            })
    void everyDocumentedFormIsAccepted(String method, String target, String body, String signs) {
        var signature = signed(hmac(signs + "." + NONCE));
        var sent = method.equals("GET")
                ? Sent.get(target, signature)
                : Sent.post(target, body == null ? "" : body, signature);
        assertThat(by(BASE).holds(sent)).isTrue();
        assertThat(by("https://voice.example.com:443").holds(sent)).isTrue();
        assertThat(by("https://voice.example.com:9443").holds(sent)).isEqualTo(!signs.contains(":443"));
    }

    @Test
    void ofAListOfSignaturesOneMustHold() {
        var right = Sdk.plivo(TOKEN, NONCE, "POST", BASE + PATH, FORM);
        assertThat(holds("AAAA," + right)).isTrue();
        assertThat(holds(right + " , AAAA")).isTrue();
        assertThat(holds("AAAA,BBBB")).isFalse();
        assertThat(holds(",".repeat(10_000) + right)).as("nobody sends so many").isFalse();
        assertThat(holds("")).isFalse();
    }

    /** It covers neither query nor form: whoever saw one could make any call of it. */
    @Test
    void version2IsRefused() throws Exception {
        var v2 = Utils.computeSignature(BASE + PATH, NONCE, TOKEN);
        assertThat(by(BASE).holds(Sent.post(
                        PATH,
                        Sent.form(FORM),
                        Map.of("X-Plivo-Signature-V2", v2, "X-Plivo-Signature-V2-Nonce", NONCE))))
                .isFalse();
        assertThat(holds(v2)).isFalse();
    }

    @Test
    void withoutItsNonceASignatureIsNone() {
        var signature = Sdk.plivo(TOKEN, "", "POST", BASE + PATH, FORM);
        assertThat(by(BASE).holds(Sent.post(PATH, Sent.form(FORM), Map.of(HEADER, signature))))
                .isFalse();
    }

    @Test
    void accountsOfMerchantsSignForThemAlone() {
        var proof = new PlivoSignature(new PublicUrl(BASE), Keyring.parse("house,acme:" + TOKEN));
        var theirs = PATH + "?merchant_id=acme";
        assertThat(proof.holds(Sent.post(
                        theirs, Sent.form(FORM), signed(Sdk.plivo(TOKEN, NONCE, "POST", BASE + theirs, FORM)))))
                .isTrue();
        assertThat(proof.holds(Sent.post(
                        theirs, Sent.form(FORM), signed(Sdk.plivo("house", NONCE, "POST", BASE + theirs, FORM)))))
                .isFalse();
        assertThat(proof.holds(
                        Sent.post(PATH, Sent.form(FORM), signed(Sdk.plivo(TOKEN, NONCE, "POST", BASE + PATH, FORM)))))
                .isFalse();
    }

    private static boolean holds(String signatures) {
        return by(BASE).holds(Sent.post(PATH, Sent.form(FORM), signed(signatures)));
    }

    private static Map<String, String> signed(String signature) {
        return Map.of(HEADER, signature, HEADER + "-Nonce", NONCE);
    }

    private static String hmac(String text) {
        return Base64.getEncoder().encodeToString(Hmac.sha256(new Secret(TOKEN)).of(text));
    }

    private static Proof by(String base) {
        return new PlivoSignature(PublicUrl.parse(base), Keyring.parse(TOKEN));
    }
}
