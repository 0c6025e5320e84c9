package dev.smartrouter.k3s;

import static org.assertj.core.api.Assertions.assertThat;

import com.plivo.api.util.Utils;
import com.twilio.security.RequestValidator;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The public door with everything enforced: what the providers' own SDKs sign comes through, and nothing else. */
@EnabledIf(value = "dev.smartrouter.k3s.Nginx#isHere", disabledReason = Nginx.MISSING)
class RightCallersIT {
    private static final String BUDDY = "/agent/voice/breeze-buddy/";
    private static final String PUBLIC = "https://voice.example.com/prefix";
    private static final String TWILIO = "0123456789abcdef0123456789abcdef";
    private static final String PLIVO = "ODgyYmQxYTQ2N2FkNDFiZTNhZWY4MDAwYWY4NzY0";
    private static final Pattern SOCKET =
            Pattern.compile("ws://[^/]*(/ws/pod/(voice-agent-\\d+)/CA1/[0-9]+-[\\w-]{22})");

    private static PublicDoor door;

    @BeforeAll
    static void open() {
        door = new PublicDoor(
                "required",
                Map.of(
                        "PUBLIC_BASE_URL", PUBLIC,
                        "TWILIO_AUTH_TOKEN", TWILIO,
                        "PLIVO_AUTH_TOKEN", PLIVO,
                        "EXOTEL_SECRET", "exotel-secret",
                        "EXOTEL_NETWORKS", "127.0.0.0/8",
                        "STREAM_SECRET", "0123456789abcdef",
                        "WS_URL_TEMPLATE", "{base}/ws/pod/{pod}/{call_sid}/{mac}"));
    }

    @AfterAll
    static void shut() {
        door.close();
    }

    @AfterEach
    void hangUp() {
        door.release("CA1");
        PublicDoor.PODS.forEach(pod -> door.pod(pod).callers().clear());
    }

    /** The last ones reach the router with another path. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "callback",
                "callback/",
                "callback/hello?merchant_id=acme&x=%2F",
                "callback/order%20confirm?empty=&a=x+y",
                "callback/a%2Fb?merchant_id=acme",
                "callback/a%25b",
                "callback/%7Bname%7D?x=1"
            })
    void whatTwiliosSdkSignsComesThrough(String path) throws Exception {
        var target = BUDDY + "twilio/" + path;
        var signature = twilio(target, Map.of("CallSid", "CA1", "From", "+15551234567"));
        var form = "From=%2B15551234567&CallSid=CA1";
        assertThat(door.wire()
                        .post(target, form, "X-Twilio-Signature: " + signature)
                        .body())
                .contains("<Stream url=\"ws://");
        assertThat(door.wire()
                        .post(target, form + "&x=1", "X-Twilio-Signature: " + signature)
                        .status())
                .isEqualTo(403);
        assertThat(door.wire()
                        .post(target + "&", form, "X-Twilio-Signature: " + signature)
                        .status())
                .isIn(403, 404);
        assertThat(door.wire().post(target, form).status()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"callback/", "callback/hello?merchant_id=acme&a=1", "callback/a%2Fb?z=1&merchant_id=acme"})
    void whatPlivosSdkSignsComesThrough(String path) throws Exception {
        var target = BUDDY + "plivo/" + path;
        var fields = Map.of("CallUUID", "CA1", "From", "15551234567");
        var signature = Utils.computeSignatureV3(PUBLIC + target, "77", PLIVO, "POST", fields);
        String[] headers = {"X-Plivo-Signature-V3: " + signature, "X-Plivo-Signature-V3-Nonce: 77"};
        assertThat(door.wire()
                        .post(target, "CallUUID=CA1&From=15551234567", headers)
                        .body())
                .contains("<Stream bidirectional=");
        assertThat(door.wire()
                        .post(target, "CallUUID=CA2&From=15551234567", headers)
                        .status())
                .isEqualTo(403);
    }

    @Test
    void exotelKnowsItsSecret() {
        assertThat(door.wire()
                        .get(BUDDY + "exotel/callback/a%2Fb?auth_token=exotel-secret&CallSid=CA1")
                        .body())
                .contains("{\"url\":\"ws://");
        assertThat(door.wire()
                        .get(BUDDY + "exotel/callback/a?auth_token=x&CallSid=CA1")
                        .status())
                .isEqualTo(403);
    }

    /** Whatever a client says of itself, nginx says what it called and from where. */
    @Test
    void whoSaysThatItCalledSomethingElseIsNotBelieved() throws Exception {
        var signed = BUDDY + "twilio/callback/hello?CallSid=CA1";
        var forged = BUDDY + "twilio/callback/hello?CallSid=CA2";
        assertThat(door.wire()
                        .get(forged, "X-Twilio-Signature: " + twilio(signed, Map.of()), "X-Original-URI: " + signed)
                        .status())
                .isEqualTo(403);
    }

    @Test
    void onlyTheCallThatWasGivenAPodOpensItsSocket() throws Exception {
        var target = BUDDY + "twilio/callback/hello?CallSid=CA1";
        var answer = door.wire()
                .get(target, "X-Twilio-Signature: " + twilio(target, Map.of()))
                .body();
        var socket = SOCKET.matcher(answer);
        assertThat(socket.find()).as(answer).isTrue();
        var path = socket.group(1);
        var pod = socket.group(2);
        var other = PublicDoor.PODS.stream()
                .filter(each -> !each.equals(pod))
                .findFirst()
                .orElseThrow();

        assertThat(door.wire().knock(path.substring(0, path.lastIndexOf('/'))).body())
                .as("without its pass")
                .isEqualTo("{\"error\":\"not this call's pod\"}");
        assertThat(door.wire().knock(path.replace(pod, other)).status()).isEqualTo(403);
        assertThat(door.wire().knock(path.replace("CA1", "CA2")).status()).isEqualTo(403);
        assertThat(door.wire().knock(path.substring(0, path.length() - 1) + "~").status())
                .isEqualTo(404);
        assertThat(door.wire().knock("/stream-auth").status()).isEqualTo(404);
        assertThat(door.wire().knock("/internal/stream-auth").status()).isEqualTo(404);
        PublicDoor.PODS.forEach(each -> assertThat(door.pod(each).callers()).isEmpty());

        assertThat(door.opens(path + "?sample-rate=8000")).isTrue();
        assertThat(door.pod(pod).callers())
                .singleElement()
                .satisfies(caller -> assertThat(caller.getResourceDescriptor())
                        .isEqualTo("/ws/pod/" + pod + "/CA1?sample-rate=8000"));
        door.release("CA1");
        assertThat(door.wire().knock(path).status()).as("the call is over").isEqualTo(403);
        assertThat(door.nginx().log()).doesNotContain(path.substring(path.lastIndexOf('/') + 1));
    }

    /** What the SDK holds a signature against; it has no other way to sign. */
    private static String twilio(String target, Map<String, String> form) throws ReflectiveOperationException {
        var sign = RequestValidator.class.getDeclaredMethod("getValidationSignature", String.class, Map.class);
        sign.setAccessible(true);
        return (String) sign.invoke(new RequestValidator(TWILIO), PUBLIC + target, form);
    }
}
