package dev.smartrouter.simulator.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AnswersTest {
    private static final String XML = "application/xml";
    private static final String JSON = "application/json";
    private static final String URL = "wss://voice.example.com/ws/pod/voice-agent-1/CA1";
    private static final Answer POD_1 = new Answer.Stream(URI.create(URL), "voice-agent-1");

    private static final URI PUBLIC = URI.create("https://router.example.com");
    private static final Carrier TWILIO = new Twilio(PUBLIC, Optional.empty());
    private static final Carrier PLIVO = new Plivo(PUBLIC, Optional.empty());
    private static final Carrier EXOTEL = new Exotel(Optional.empty());

    private static String twiml(String url) {
        return "<Response><Connect><Stream url=\"" + url + "\"></Stream></Connect></Response>";
    }

    private static String plivo(String url) {
        return "<Response><Stream bidirectional=\"true\" keepCallAlive=\"true\" contentType=\"audio/x-mulaw;rate=8000\">"
                + url + "</Stream></Response>";
    }

    private static Answer read(Carrier carrier, int status, String type, String body) {
        return carrier.read("CA1", Reply.Came.of(status, type, body));
    }

    private static Stream<Arguments> right() {
        return Stream.of(
                Arguments.of(TWILIO, XML, twiml(URL)),
                Arguments.of(TWILIO, "text/xml;charset=UTF-8", "<?xml version=\"1.0\"?>\n" + twiml(URL)),
                Arguments.of(
                        TWILIO,
                        XML,
                        "<Response>\n <Connect><!-- so --><Stream url='" + URL + "'/></Connect>\n</Response>"),
                Arguments.of(PLIVO, XML, plivo(URL)),
                Arguments.of(PLIVO, "Application/XML; charset=\"utf-8\"", plivo("\n    " + URL + "\n  ")),
                Arguments.of(EXOTEL, JSON, "{\"url\":\"" + URL + "\"}"),
                Arguments.of(EXOTEL, JSON + ";charset=utf-8", " { \"url\" : \"" + URL + "\" } "));
    }

    @ParameterizedTest
    @MethodSource("right")
    void aStreamIsRead(Carrier carrier, String type, String body) {
        assertThat(read(carrier, 200, type, body)).isEqualTo(POD_1);
    }

    private static Stream<Arguments> wrongTwilio() {
        var say = "<Response><Say>Sorry</Say><Hangup/></Response>";
        return Stream.of(
                Arguments.of(500, XML, twiml(URL), "status 500"),
                Arguments.of(204, XML, "", "status 204"),
                Arguments.of(200, "", twiml(URL), "content type ''"),
                Arguments.of(200, JSON, twiml(URL), "content type 'application/json'"),
                Arguments.of(200, XML + ";charset=latin1", twiml(URL), "content type"),
                Arguments.of(200, XML, "", "no XML"),
                Arguments.of(200, XML, twiml(URL) + "<x/>", "no XML"),
                Arguments.of(200, XML, twiml(URL).replace("</Connect>", ""), "no XML"),
                Arguments.of(200, XML, "<!DOCTYPE Response [<!ENTITY e 'x'>]>" + twiml(URL), "DOCTYPE"),
                Arguments.of(200, XML, twiml(URL).replace("Response", "response"), "the root is <response>"),
                Arguments.of(200, XML, twiml(URL).replace("<Response>", "<Response xmlns='urn:x'>"), "has a namespace"),
                Arguments.of(200, XML, twiml(URL).replace("<Response>", "<Response a='b'>"), "<Response> has a"),
                Arguments.of(200, XML, "<Response/>", "<Response> holds []"),
                Arguments.of(200, XML, twiml(URL).replace("Connect", "Start"), "holds [Start]"),
                Arguments.of(
                        200, XML, twiml(URL).replace("</Response>", "<Hangup/></Response>"), "holds [Connect, Hangup]"),
                Arguments.of(200, XML, twiml(URL).replace("<Connect>", "<Connect>now "), "<Connect> holds text: now"),
                Arguments.of(200, XML, twiml(URL).replace("<Connect>", "<Connect action='/'>"), "<Connect> has action"),
                Arguments.of(200, XML, twiml(URL).replace("url=", "uri="), "<Stream> has uri"),
                Arguments.of(200, XML, "<Response><Connect><Stream/></Connect></Response>", "neither wss nor ws"),
                Arguments.of(200, XML, twiml(URL).replace("></Stream>", ">x</Stream>"), "<Stream> holds text"),
                Arguments.of(200, XML, twiml(URL + "?a=b"), "a query"),
                Arguments.of(200, XML, twiml(URL + "#a"), "a fragment"),
                Arguments.of(200, XML, twiml(URL.replace("wss:", "https:")), "neither wss nor ws"),
                Arguments.of(200, XML, twiml(" " + URL), "no URL"),
                Arguments.of(200, XML, twiml("wss://voice.example.com/ws/pod//CA1"), "not /ws/pod/"),
                Arguments.of(200, XML, twiml("wss:///ws/pod/a/CA1"), "no host"),
                Arguments.of(200, XML, twiml("wss://u:p@voice.example.com/ws/pod/a/CA1"), "a user"),
                Arguments.of(200, XML, twiml("wss://voice.example.com/other/a/CA1"), "not /ws/pod/"),
                Arguments.of(200, XML, twiml("wss://voice.example.com/ws/pod/a/CA1/x"), "not /ws/pod/"),
                Arguments.of(200, XML, twiml("wss://voice.example.com/ws/pod/a/CA2"), "another call's"),
                Arguments.of(200, XML, twiml("wss://voice.example.com/ws/pod/a/ca1"), "another call's"),
                Arguments.of(200, XML, say.replace("Sorry", " "), "says nothing"),
                Arguments.of(200, XML, say.replace("Sorry", "x".repeat(4097)), "more than 4096"),
                Arguments.of(200, XML, say.replace("Sorry", "x".repeat(70_000)), "more than 64000 bytes"),
                Arguments.of(200, XML, say.replace("<Hangup/>", ""), "holds [Say]"),
                Arguments.of(200, XML, say.replace("<Say>", "<Say loud='1'>"), "<Say> has loud"),
                Arguments.of(200, XML, say.replace("Say>", "Speak>"), "holds [Speak, Hangup]"));
    }

    @ParameterizedTest
    @MethodSource("wrongTwilio")
    void twilioRefusesWhatItWouldNotObey(int status, String type, String body, String why) {
        assertUnusable(read(TWILIO, status, type, body), why);
    }

    private static Stream<Arguments> wrongPlivo() {
        return Stream.of(
                Arguments.of(503, XML, plivo(URL), "status 503"),
                Arguments.of(200, "text/plain", plivo(URL), "content type"),
                Arguments.of(200, XML, plivo(URL + "?a=1&b=2"), "no XML"),
                Arguments.of(200, XML, "<!DOCTYPE Response>" + plivo(URL), "DOCTYPE"),
                Arguments.of(200, XML, plivo(URL).replace("Response>", "Answer>"), "the root is <Answer>"),
                Arguments.of(200, XML, twiml(URL), "holds [Connect]"),
                Arguments.of(200, XML, plivo(URL).replace("<Response>", "<Response>hm"), "holds text"),
                Arguments.of(200, XML, plivo(URL).replace("bidirectional=\"true\"", ""), "bidirectional=null"),
                Arguments.of(
                        200,
                        XML,
                        plivo(URL).replace("keepCallAlive=\"true\"", "keepCallAlive=\"false\""),
                        "keepCallAlive=false"),
                Arguments.of(
                        200,
                        XML,
                        plivo(URL).replace("x-mulaw;rate=8000", "x-l16;rate=8000"),
                        "contentType=audio/x-l16"),
                Arguments.of(200, XML, plivo(URL).replace("<Stream ", "<Stream url='x' "), "<Stream> has url"),
                Arguments.of(200, XML, plivo("<b/>" + URL), "<Stream> holds [b]"),
                Arguments.of(200, XML, plivo(""), "neither wss nor ws"),
                Arguments.of(200, XML, plivo(URL.replace("CA1", "CA9")), "another call's"),
                Arguments.of(200, XML, plivo(URL.replace("/ws/pod", "/pod")), "not /ws/pod/"),
                Arguments.of(200, XML, "<Response><Say>Sorry</Say><Hangup/></Response>", "holds [Say, Hangup]"),
                Arguments.of(
                        200, XML, "<Response><Speak>Sorry</Speak><Hangup>x</Hangup></Response>", "<Hangup> holds text"),
                Arguments.of(200, XML, "<Response><Hangup/><Speak>Sorry</Speak></Response>", "holds [Hangup, Speak]"));
    }

    @ParameterizedTest
    @MethodSource("wrongPlivo")
    void plivoRefusesWhatItWouldNotObey(int status, String type, String body, String why) {
        assertUnusable(read(PLIVO, status, type, body), why);
    }

    private static Stream<Arguments> wrongExotel() {
        var right = "{\"url\":\"" + URL + "\"}";
        return Stream.of(
                Arguments.of(200, XML, right, "content type"),
                Arguments.of(200, "", right, "content type"),
                Arguments.of(201, JSON, right, "status 201"),
                Arguments.of(400, JSON, "{\"error\":\"CallSid is required\"}", "status 400"),
                Arguments.of(500, JSON, "{\"error\":\"internal error\"}", "status 500"),
                Arguments.of(503, JSON, "{}", "no text in 'error'"),
                Arguments.of(503, "text/html", "<h1>busy</h1>", "content type"),
                Arguments.of(200, JSON, "", "no JSON"),
                Arguments.of(200, JSON, "{", "no JSON"),
                Arguments.of(200, JSON, "null", "no JSON object"),
                Arguments.of(200, JSON, "[" + right + "]", "no JSON object"),
                Arguments.of(200, JSON, "\"" + URL + "\"", "no JSON object"),
                Arguments.of(200, JSON, right + right, "no JSON"),
                Arguments.of(200, JSON, "{\"url\":\"a\",\"url\":\"" + URL + "\"}", "no JSON: Duplicate"),
                Arguments.of(200, JSON, "{\"url\":1}", "no text in 'url'"),
                Arguments.of(200, JSON, "{\"URL\":\"" + URL + "\"}", "no text in 'url'"),
                Arguments.of(200, JSON, right.replace("}", ",\"b\":1}"), "more than a url"),
                Arguments.of(200, JSON, right.replace("wss", "http"), "neither wss nor ws"),
                Arguments.of(200, JSON, right.replace("CA1", "CA2"), "another call's"),
                Arguments.of(200, JSON, right.replace("voice-agent-1/", ""), "not /ws/pod/"));
    }

    @ParameterizedTest
    @MethodSource("wrongExotel")
    void exotelRefusesWhatItWouldNotObey(int status, String type, String body, String why) {
        assertUnusable(read(EXOTEL, status, type, body), why);
    }

    private static void assertUnusable(Answer answer, String why) {
        assertThat(answer)
                .isInstanceOfSatisfying(
                        Answer.Unusable.class,
                        unusable -> assertThat(unusable.why()).contains(why));
    }

    @Test
    void anApologyIsHeard() {
        var sorry = new Answer.Apology("Sorry & goodbye.");
        var words = "Sorry &amp; goodbye.";
        assertThat(read(TWILIO, 200, XML, "<Response><Say>" + words + "</Say><Hangup></Hangup></Response>"))
                .isEqualTo(sorry);
        assertThat(read(PLIVO, 200, XML, "<Response><Speak>" + words + "</Speak><Hangup/></Response>"))
                .isEqualTo(sorry);
        assertThat(read(EXOTEL, 503, JSON, "{\"error\":\"no pods available\",\"pools_tried\":[\"pool:gold\"]}"))
                .isEqualTo(new Answer.Apology("no pods available"));
    }

    @Test
    void namesInThePathAreDecodedAsPathsAre() {
        var url = "ws://localhost:8000/ws/pod/agent%2D1+a/CA%2F1%201";
        assertThat(TWILIO.read("CA/1 1", Reply.Came.of(200, XML, twiml(url))))
                .isEqualTo(new Answer.Stream(URI.create(url), "agent-1+a"));
    }

    @Test
    void onlyTwilioMindsAQuery() {
        assertThat(read(PLIVO, 200, XML, plivo(URL + "?a=1&amp;b=2"))).isInstanceOf(Answer.Stream.class);
        assertThat(read(EXOTEL, 200, JSON, "{\"url\":\"" + URL + "?sample-rate=8000\"}"))
                .isInstanceOf(Answer.Stream.class);
    }
}
