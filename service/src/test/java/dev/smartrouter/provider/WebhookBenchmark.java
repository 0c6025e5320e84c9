package dev.smartrouter.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.ws.rs.core.Response;
import java.io.ByteArrayInputStream;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A provider's webhook without server and store: what is read, proved and written. */
@State(Scope.Benchmark)
public class WebhookBenchmark {
    private static final String BASE = "https://voice.example.com";
    private static final String TARGET = Sent.PATH + "?merchant_id=acme";
    private static final Map<String, String> FORM = Map.ofEntries(
            Map.entry("AccountSid", "AC00112233445566778899aabbccddeeff"),
            Map.entry("ApiVersion", "2010-04-01"),
            Map.entry("CallSid", "CA00112233445566778899aabbccddeeff"),
            Map.entry("CallStatus", "in-progress"),
            Map.entry("Called", "+14155550100"),
            Map.entry("CalledCity", "SAN FRANCISCO"),
            Map.entry("Caller", "+14155550101"),
            Map.entry("Direction", "outbound-api"),
            Map.entry("From", "+14155550101"),
            Map.entry("To", "+14155550100"));

    private static final String TOKEN = "1c892n40nd03kdnc0112slzkl3091j20";

    private final Twilio twilio = new Twilio();
    private final TwilioSignature signature = new TwilioSignature(new PublicUrl(BASE), Keyring.parse(TOKEN));
    private final byte[] body = Sent.form(FORM).getBytes(UTF_8);
    private final SentWebhook sent =
            Sent.post(TARGET, Sent.form(FORM), Map.of("X-Twilio-Signature", Sdk.twilio(TOKEN, BASE + TARGET, FORM)));

    @Benchmark
    public boolean proveTheSender() {
        return signature.holds(sent);
    }

    @Benchmark
    public Fields readTheForm() {
        return Fields.of("merchant_id=acme", new ByteArrayInputStream(body));
    }

    @Benchmark
    public Response writeTheMarkup() {
        return twilio.stream("wss://voice.example.com/ws/pod/voice-agent-7/CA00112233445566778899aabbccddeeff");
    }
}
