package dev.smartrouter.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever anybody sends: a clear 400 or the provider's polite markup, no stack trace, and nothing written. */
class BadInputIT {
    private static final int MOST_BYTES = 16 * 1024;
    private static final List<String> BAD_SIDS = List.of(
            "a b",
            "a/b",
            "a:b",
            "a%2fb",
            "a\\nb",
            "a\\u0000b",
            "é",
            "\\ud83d\\ude00",
            "\\ud800",
            "{call}",
            "*",
            "CA;DROP",
            "<script>",
            "${jndi:ldap://x}",
            "' or 1=1",
            "x".repeat(129),
            "x".repeat(10_000));
    private static final List<String> BROKEN_BODIES = List.of(
            "",
            " ",
            "null",
            "true",
            "17",
            "\"text\"",
            "[]",
            "[{\"call_sid\":\"CA1\"}]",
            "{",
            "{\"call_sid\"",
            "{\"call_sid\":\"CA1\"",
            "{\"call_sid\":\"CA1\"} trailing",
            "{\"call_sid\":\"CA1\"}{\"call_sid\":\"CA2\"}",
            "{'call_sid':'CA1'}",
            "{\"call_sid\":CA1}",
            "{\"call_sid\":NaN}",
            "call_sid=CA1",
            "<call_sid>CA1</call_sid>",
            "[".repeat(8_000),
            "{\"a\":".repeat(3_000),
            "\u0000\u0001\u0002");
    private static final List<String> WRONG_VALUES = List.of("17", "true", "[\"CA1\"]", "{\"sid\":\"CA1\"}", "1e999");
    private static final String[] PROVIDERS = {"twilio", "plivo", "exotel"};

    private static Town town;
    private static Caller caller;
    private Map<String, String> before;

    @BeforeAll
    static void start() {
        town = Town.found()
                .pods("gold", "voice-agent-0")
                .pods("standard", "voice-agent-1")
                .sharedPod("basic", "voice-agent-2")
                .routers(1);
        caller = town.caller();
        caller.allocate("CA-live").is(200);
    }

    @AfterAll
    static void stop() {
        town.close();
    }

    @BeforeEach
    void look() {
        before = keyspace();
    }

    @AfterEach
    void nothingWasWritten() {
        assertThat(keyspace()).isEqualTo(before);
        assertThat(new Caller(town.router(0).admin()).get("/metrics").body())
                .contains("smart_router_panics_recovered_total 0.0");
    }

    @TestFactory
    Stream<DynamicTest> aJsonEndpointSays400ToABodyThatIsNone() {
        return Stream.of("allocate", "release", "drain", "undrain")
                .flatMap(endpoint -> BROKEN_BODIES.stream()
                        .map(body ->
                                test(endpoint + " " + body, () -> clear400(caller.json("/api/v1/" + endpoint, body)))));
    }

    @TestFactory
    Stream<DynamicTest> aCallSidThatIsNoneIs400() {
        return Stream.of("allocate", "release")
                .flatMap(endpoint -> Stream.concat(
                                BAD_SIDS.stream().map(sid -> "\"" + sid + "\""),
                                Stream.concat(WRONG_VALUES.stream(), Stream.of("null", "\"\"")))
                        .map(sid -> test(
                                endpoint + " " + sid,
                                () -> clear400(caller.json("/api/v1/" + endpoint, "{\"call_sid\":" + sid + "}")))));
    }

    @TestFactory
    Stream<DynamicTest> aMerchantOrAPodThatIsNoneIs400() {
        var names = Stream.concat(
                        Stream.of("a b", "a:b", "../x", "é", "*", "x".repeat(65))
                                .map(name -> "\"" + name + "\""),
                        WRONG_VALUES.stream())
                .toList();
        var merchants = names.stream()
                .flatMap(name -> Stream.of("merchant_id", "reseller_id")
                        .map(field -> test(
                                field + " " + name,
                                () -> clear400(caller.json(
                                        "/api/v1/allocate",
                                        "{\"call_sid\":\"CA-x\",\"" + field + "\":" + name + "}")))));
        var pods = Stream.concat(
                        names.stream(),
                        Stream.of("\"Voice\"", "\"-a\"", "\"a-\"", "\"metadata\"", "\"tier\"", "\"\"", "null"))
                .flatMap(name -> Stream.of("drain", "undrain")
                        .map(endpoint -> test(
                                endpoint + " " + name,
                                () -> clear400(caller.json("/api/v1/" + endpoint, "{\"pod_name\":" + name + "}")))));
        return Stream.concat(merchants, pods);
    }

    @TestFactory
    Stream<DynamicTest> aWebhookThatNamesNoCallIsAnsweredPolitely() {
        var bodies = Stream.concat(
                        BROKEN_BODIES.stream(),
                        Stream.of(
                                "{SID}=",
                                "{SID}",
                                "{SID}=%",
                                "{SID}=%zz",
                                "{SID}=%00",
                                "{SID}=%C3%28",
                                "{SID}=a+b",
                                "{SID}=a%2Fb",
                                "{SID}=" + "x".repeat(129),
                                "=&=&&&==",
                                "%%%=%%%",
                                "{\"{SID}\":17.5e400}",
                                "{\"{SID}\":[\"CA1\"]}",
                                "{\"{SID}\":{}}",
                                "{\"{SID}\":\"a b\"}"))
                .filter(body -> !body.contains("\"CA1\"") || body.contains("[\"CA1\"]") || body.endsWith("\"CA1\""))
                .toList();
        return Arrays.stream(PROVIDERS)
                .flatMap(provider -> bodies.stream()
                        .map(body -> body.replace("{SID}", sidField(provider)))
                        .flatMap(body -> Stream.of("/api/v1/" + provider + "/allocate", publicPath(provider))
                                .map(path -> test(path + " " + body, () -> {
                                    polite(provider, caller.form(path, body));
                                    polite(provider, caller.json(path, body));
                                }))));
    }

    @TestFactory
    Stream<DynamicTest> aWebhooksQueryMayBeAnything() {
        return Arrays.stream(PROVIDERS)
                .flatMap(provider -> Stream.of(
                                "",
                                "?",
                                "?{SID}",
                                "?{SID}=",
                                "?{SID}=%00",
                                "?{SID}=a%20b",
                                "?{SID}=%ff",
                                "?{SID}=%F0%9F%98%80",
                                "?&&=&",
                                "?merchant_id=x&merchant_id=y")
                        .map(query -> query.replace("{SID}", sidField(provider)))
                        .map(query -> test(provider + " " + query, () -> {
                            polite(provider, caller.get("/api/v1/" + provider + "/allocate" + query));
                            polite(provider, caller.get(publicPath(provider) + query));
                        })));
    }

    @TestFactory
    Stream<DynamicTest> aStatusCallbackIsAlways204() {
        return Arrays.stream(PROVIDERS)
                .flatMap(provider -> Stream.concat(
                                BROKEN_BODIES.stream(),
                                Stream.of(
                                        sidField(provider) + "=a+b&CallStatus=completed",
                                        sidField(provider) + "=&CallStatus=completed",
                                        "CallStatus=completed&Status=completed",
                                        sidField(provider) + "=CA-live&CallStatus=nonsense&Status=nonsense"))
                        .map(body -> test(provider + " " + body, () -> {
                            var answer = caller.form("/api/v1/" + provider + "/status", body)
                                    .is(204);
                            assertThat(answer.body()).isEmpty();
                        })));
    }

    @TestFactory
    Stream<DynamicTest> aBodyOverSixteenKibIs413Everywhere() {
        var large = new ArrayList<DynamicTest>();
        for (var path : List.of("/api/v1/allocate", "/api/v1/release", "/api/v1/drain", "/api/v1/undrain")) {
            large.add(tooLarge(path, "{\"call_sid\":\"CA1\",\"pod_name\":\"voice-agent-0\",\"x\":\"", "\"}"));
        }
        for (var provider : PROVIDERS) {
            for (var path : List.of(
                    "/api/v1/" + provider + "/allocate", publicPath(provider), "/api/v1/" + provider + "/status"))
                large.add(tooLarge(path, sidField(provider) + "=CA1&CallStatus=completed&x=", ""));
        }
        return large.stream();
    }

    private static DynamicTest tooLarge(String path, String head, String tail) {
        return test(path, () -> {
            var body = head + "x".repeat(MOST_BYTES + 1 - head.length() - tail.length()) + tail;
            clear(caller.json(path, body).is(413));
            // Not much more: who writes on while the door is shut may be cut off before the answer is read.
            var chunked =
                    BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
            clear(caller.send("POST", path, "application/json", chunked).is(413));
        });
    }

    @Test
    void a413SaysThatTheConnectionEnds() {
        var head = "POST /api/v1/allocate HTTP/1.1\r\nHost: x\r\nContent-Length: 200000\r\n\r\n";
        assertThat(raw(head, new byte[MOST_BYTES + 1]))
                .startsWith("HTTP/1.1 413 ")
                .containsIgnoringCase("\r\nConnection: close\r\n");
    }

    @Test
    void aCompressedBodyIsNoWayAroundTheLimit() throws IOException {
        var zipped = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(zipped)) {
            gzip.write(("{\"call_sid\":\"CA1\",\"x\":\"" + "x".repeat(5_000_000) + "\"}")
                    .getBytes(StandardCharsets.UTF_8));
        }
        assertThat(raw(
                        "POST /api/v1/allocate HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Encoding: gzip\r\n"
                                + "Content-Type: application/json\r\nContent-Length: " + zipped.size() + "\r\n\r\n",
                        zipped.toByteArray()))
                .matches("(?s)HTTP/1.1 (400|413|415) .*");
    }

    @TestFactory
    Stream<DynamicTest> aPathThatNamesNothingIs404() {
        return Stream.of(
                        "/api/v1/pod/nobody",
                        "/api/v1/pod/Not%20A%20Pod",
                        "/api/v1/pod/%00",
                        "/api/v1/pod/metadata",
                        "/api/v1/pod/" + "x".repeat(3_000),
                        "/api/v1/calls/nobody",
                        "/api/v1/calls/a%20b",
                        "/api/v1/calls/%F0%9F%98%80",
                        "/api/v1/calls/" + "x".repeat(3_000),
                        "/api/v1/nothing",
                        "/api/v2/allocate",
                        "/",
                        "/agent/voice/breeze-buddy/vonage/callback/x",
                        "/api/v1/vonage/allocate",
                        "/api/v1/allocate/more",
                        "/metrics.php",
                        "/swagger.json",
                        "/application.wadl")
                .map(path -> test(path, () -> {
                    var answer = caller.get(path);
                    assertThat(answer.status()).isEqualTo(path.contains("%00") ? 400 : 404);
                    clear(answer);
                }));
    }

    @TestFactory
    Stream<DynamicTest> aMethodThatIsNotOfferedTakesNoPod() {
        return Stream.of("PUT", "PATCH", "DELETE", "HEAD", "PROPFIND")
                .flatMap(method -> Stream.of(
                                "/api/v1/allocate",
                                "/api/v1/release",
                                "/api/v1/drain",
                                "/api/v1/twilio/allocate?CallSid=CA-method",
                                "/api/v1/plivo/allocate?CallUUID=CA-method",
                                "/api/v1/exotel/allocate?CallSid=CA-method",
                                "/agent/voice/breeze-buddy/twilio/callback/x?CallSid=CA-method",
                                "/api/v1/twilio/status?CallSid=CA-live&CallStatus=completed")
                        .map(path -> test(method + " " + path, () -> {
                            var answer = caller.send(
                                    method,
                                    path,
                                    "application/json",
                                    BodyPublishers.ofString("{\"call_sid\":\"CA-method\"}"));
                            assertThat(answer.status()).as("%s", answer).isBetween(400, 499);
                        })));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Accept: nonsense;;;q=",
                "Accept: application/x-nothing",
                "Content-Type: nonsense",
                "Content-Type: ;;;",
                "Content-Type: application/json; charset=nonsense",
                "Content-Type: multipart/form-data",
                "Content-Encoding: nonsense",
                "Content-Encoding: gzip",
                "Authorization: \u0001",
                "Expect: nonsense",
                "X-Request-Id: \"}{",
                "X-Forwarded-For: nonsense",
                "Transfer-Encoding: nonsense",
                "Range: bytes=5-1",
                "If-Match: nonsense",
                "Upgrade: nonsense",
                "Cookie: =;=;"
            })
    void aStrangeHeaderIsNo5xx(String header) {
        for (var request : List.of(
                "POST /api/v1/allocate HTTP/1.1\r\nContent-Length: 2\r\n",
                "POST /api/v1/twilio/allocate HTTP/1.1\r\nContent-Length: 2\r\n",
                "GET /api/v1/calls/nobody HTTP/1.1\r\n")) {
            var body = request.startsWith("POST") ? "{}" : "";
            modest(raw(
                    request + "Host: x\r\nConnection: close\r\n" + header + "\r\n\r\n",
                    body.getBytes(StandardCharsets.US_ASCII)));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "GET",
                "GET /%zz HTTP/1.1",
                "GET /%00 HTTP/1.1",
                "GET /api/v1/pod/..%2f..%2fetc HTTP/1.1",
                "GET /api/v1/pod/%2e%2e HTTP/1.1",
                "GET /api/v1/pod/a;b=c HTTP/1.1",
                "GET //api//v1//status HTTP/1.1",
                "GET /api/v1/calls/%C3%28 HTTP/1.1",
                "GET /api/v1/twilio/allocate?CallSid=%zz HTTP/1.1",
                "GET /api/v1/twilio/allocate?CallSid=% HTTP/1.1",
                "GET /api/v1/twilio/allocate?% HTTP/1.1",
                "GET /api/v1/exotel/allocate?CallSid=%zz HTTP/1.1",
                "GET /ready?of=%zz HTTP/1.1",
                "GET http://elsewhere/api/v1/nothing HTTP/1.1",
                "CONNECT x:1 HTTP/1.1",
                "TRACE /api/v1/allocate HTTP/1.1",
                "OPTIONS * HTTP/1.1",
                "BREW /api/v1/allocate HTTP/1.1",
                "PRI * HTTP/2.0",
                "POST /api/v1/allocate HTTP/1.1\r\nContent-Length: -5",
                "POST /api/v1/allocate HTTP/1.1\r\nContent-Length: nonsense",
                "POST /api/v1/allocate HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz"
            })
    void aStrangeRequestLineIsNo5xx(String request) {
        modest(raw(request + "\r\nHost: x\r\nConnection: close\r\n\r\n", new byte[0]));
    }

    private static DynamicTest test(String name, Executable test) {
        var shown = name.length() > 90 ? name.substring(0, 90) + "…" : name;
        return dynamicTest(shown.replaceAll("\\p{Cntrl}", "?"), test);
    }

    private static String sidField(String provider) {
        return provider.equals("plivo") ? "CallUUID" : "CallSid";
    }

    private static String publicPath(String provider) {
        return "/agent/voice/breeze-buddy/" + provider + "/callback/test-template";
    }

    private static void clear400(Answer answer) {
        clear(answer.is(400));
    }

    /** One line of JSON that says what is wrong, and nothing of us. */
    private static void clear(Answer answer) {
        assertThat(answer.type()).startsWith("application/json");
        assertThat(answer.text("error")).isNotBlank().hasSizeLessThan(300).doesNotContain("\n");
        modest(answer.body());
    }

    private static void polite(String provider, Answer answer) {
        if (provider.equals("exotel")) clear400(answer);
        else answer.apologises();
    }

    private static void modest(String answer) {
        assertThat(answer)
                .doesNotContain("Exception", "\tat ", "java.", "jakarta.", "dev.smartrouter", "jetty", "Jetty")
                .doesNotMatch("(?s)HTTP/1.1 5\\d\\d .*");
    }

    /** All keys but those that routers write of themselves. */
    private static Map<String, String> keyspace() {
        var dumps = new TreeMap<String, String>();
        for (var key : town.keys().keys("*")) {
            if (key.equals("voice:routers")) continue;
            var dump = town.keys().dump(key);
            if (dump != null) dumps.put(key, HexFormat.of().formatHex(dump));
        }
        return dumps;
    }

    private static String raw(String head, byte[] body) {
        try (var socket = new Socket("localhost", town.router(0).api().getPort())) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().write(body);
            socket.getOutputStream().flush();
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return ""; // it hung up on us, which is an answer too
        }
    }
}
