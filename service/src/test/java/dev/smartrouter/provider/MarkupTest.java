package dev.smartrouter.provider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.plivo.api.xml.Speak;
import com.twilio.twiml.VoiceResponse;
import com.twilio.twiml.voice.Connect;
import com.twilio.twiml.voice.Hangup;
import com.twilio.twiml.voice.Say;
import com.twilio.twiml.voice.Stream;
import dev.smartrouter.PoolName;
import dev.smartrouter.call.AllocationResult.NoCapacity;
import dev.smartrouter.call.AllocationResult.Recovering;
import dev.smartrouter.call.AllocationResult.Unavailable;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

/** Every markup there is, held against a golden file and against the provider's own SDK. */
class MarkupTest {
    private static final String URL = "wss://voice.example.com/ws/pod/voice-agent-1/CA123abc";
    private static final NoCapacity FULL =
            new NoCapacity(List.of(new PoolName("pool:gold"), new PoolName("pool:standard")));

    private final Twilio twilio = new Twilio();
    private final Plivo plivo = new Plivo();

    @Test
    void twilioIsToldToStream() {
        golden("twilio-stream.xml", twilio.stream(URL));
    }

    @Test
    void twilioApologisesWhenBusy() {
        golden("twilio-busy.xml", twilio.refuse(FULL));
    }

    @Test
    void twilioApologisesWhenInTrouble() {
        golden("twilio-trouble.xml", twilio.refuse(new Recovering()));
        golden("twilio-trouble.xml", twilio.refuse(new Unavailable()));
        golden("twilio-trouble.xml", twilio.reject("CallSid is required"));
        golden("twilio-trouble.xml", twilio.fail());
    }

    @Test
    void plivoIsToldToStream() {
        golden("plivo-stream.xml", plivo.stream(URL));
    }

    @Test
    void plivoReadsAnAmpersandThatIsEscaped() {
        golden("plivo-escaped.xml", plivo.stream("wss://voice.example.com/a&b<c>\"d'"));
    }

    @Test
    void plivoApologisesWhenBusy() {
        golden("plivo-busy.xml", plivo.refuse(FULL));
    }

    @Test
    void plivoApologisesWhenInTrouble() {
        golden("plivo-trouble.xml", plivo.refuse(new Recovering()));
        golden("plivo-trouble.xml", plivo.refuse(new Unavailable()));
        golden("plivo-trouble.xml", plivo.reject("CallUUID is required"));
        golden("plivo-trouble.xml", plivo.fail());
    }

    @ParameterizedTest
    @ValueSource(strings = {URL, "wss://h/a&b<c>\"d'", "wss://h/%C3%A9"})
    void twiliosOwnSdkWritesTheSame(String url) {
        var stream = new Stream.Builder().url(url).build();
        var connect = new Connect.Builder().stream(stream).build();
        var theirs = new VoiceResponse.Builder().connect(connect).build();
        assertThat(Xml.same(text(twilio.stream(url)), theirs.toXml())).isTrue();
    }

    @Test
    void twiliosOwnSdkSpeaksTheSame() {
        for (var apology : Apology.values()) {
            var theirs = new VoiceResponse.Builder()
                    .say(new Say.Builder(apology.text()).build())
                    .hangup(new Hangup.Builder().build())
                    .build();
            assertThat(Xml.same(text(twilio.say(apology)), theirs.toXml())).isTrue();
        }
    }

    /** Their builder escapes nothing, so it is asked for nothing that must be. */
    @ParameterizedTest
    @ValueSource(strings = {URL, "wss://h/%C3%A9"})
    void plivosOwnSdkWritesTheSame(String url) throws Exception {
        var stream = new com.plivo.api.xml.Stream(url)
                .bidirectional(true)
                .keepCallAlive(true)
                .contentType("audio/x-mulaw;rate=8000");
        var theirs = new com.plivo.api.xml.Response().children(stream);
        assertThat(Xml.same(text(plivo.stream(url)), theirs.toXmlString())).isTrue();
    }

    /** Their builder writes out what Plivo takes for granted: a woman's voice, once, in American English. */
    @Test
    void plivosOwnSdkSpeaksTheSame() throws Exception {
        for (var apology : Apology.values()) {
            var document = new com.plivo.api.xml.Response()
                    .children(new Speak(apology.text()), new com.plivo.api.xml.Hangup());
            var theirs = Xml.parse(document.toXmlString());
            var speak = (Element) theirs.getFirstChild();
            for (var granted : List.of("voice", "language", "loop", "legs")) speak.removeAttribute(granted);
            assertThat(Xml.parse(text(plivo.say(apology))).isEqualNode(theirs)).isTrue();
        }
    }

    private static void golden(String file, Response answer) {
        assertThat(answer.getStatus()).isEqualTo(200);
        assertThat(answer.getMediaType()).hasToString("application/xml");
        assertThat(text(answer)).isEqualTo(read(file));
        Xml.parse(text(answer));
    }

    private static String text(Response answer) {
        return (String) answer.getEntity();
    }

    private static String read(String file) {
        try (var in = MarkupTest.class.getResourceAsStream("/golden/" + file)) {
            return new String(Objects.requireNonNull(in, file).readAllBytes(), UTF_8).strip();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
