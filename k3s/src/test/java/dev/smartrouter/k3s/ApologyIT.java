package dev.smartrouter.k3s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a caller hears when no router answers, or none answers well. */
@EnabledIf(value = "dev.smartrouter.k3s.Nginx#isHere", disabledReason = Nginx.MISSING)
class ApologyIT {
    private static final String BUDDY = "/agent/voice/breeze-buddy/";
    /** The words of the router itself. */
    private static final Path GOLDEN = Path.of("../service/src/test/resources/golden");

    @Test
    void withoutARouterEachProviderHasItsApologyAndWithOneAgainItsAgent() throws Exception {
        try (var door = new PublicDoor()) {
            door.stopRouter();
            apologises(door.wire());
            assertThat(door.wire().get("/health").status()).isEqualTo(503);
            assertThat(door.wire().get("/ready").body())
                    .isEqualTo("{\"status\":\"unready\",\"reason\":\"no router answers\"}");

            door.startRouter();
            assertThat(twilio(door.wire()).body()).contains("<Stream");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 431, 500, 502, 503, 504})
    void aCallerNeverMeetsAnErrorThatIsNotSpoken(int status) throws Exception {
        try (var router = new ScriptedRouter(status);
                var nginx = nginx(router.address(), "")) {
            var wire = new Wire(nginx.port());
            assertThat(twilio(wire).text()).startsWith("HTTP/1.1 200").contains(golden("twilio-trouble.xml"));
            assertThat(plivo(wire).text()).startsWith("HTTP/1.1 200").contains(golden("plivo-trouble.xml"));
            assertThat(router.seen()).hasSize(2);
        }
    }

    /** A refused signature is no caller, and a full house is a router's own to tell Exotel. */
    @Test
    void whatARouterMeansToSayPasses() throws Exception {
        for (int status : new int[] {403, 413}) {
            try (var router = new ScriptedRouter(status);
                    var nginx = nginx(router.address(), "")) {
                assertThat(twilio(new Wire(nginx.port())).status()).isEqualTo(status);
            }
        }
        try (var router = new ScriptedRouter(503);
                var nginx = nginx(router.address(), "")) {
            assertThat(exotel(new Wire(nginx.port())).body()).contains("said by the router");
        }
    }

    /** The kernel takes the connection, and nobody ever reads from it: two tries of 4.5 s, as Exotel waits for 10. */
    @Test
    void aRouterThatHangsIsGivenUpInTimeForAnApology() throws Exception {
        try (var hung = new ServerSocket(0, 50, new InetSocketAddress("127.0.0.1", 0).getAddress());
                var nginx = nginx("127.0.0.1:" + hung.getLocalPort(), "")) {
            var since = System.nanoTime();
            assertThat(exotel(new Wire(nginx.port())).status()).isEqualTo(503);
            assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(Duration.ofMillis(9_500));
        }
    }

    @Test
    void aRouterHearsOfItsCallerFromNginxAlone() throws Exception {
        var lies = new String[] {
            "X-Forwarded-For: 6.6.6.6",
            "X-Forwarded-Host: evil.example",
            "X-Forwarded-Proto: gopher",
            "X-Real-IP: 6.6.6.6",
            "Forwarded: for=6.6.6.6",
            "X-Twilio-Signature: theirs"
        };
        try (var router = new ScriptedRouter(200);
                var nginx = nginx(router.address(), "")) {
            new Wire(nginx.port()).post(BUDDY + "twilio/callback/hello?a=%2F", "CallSid=CA1", lies);
            assertThat(router.seen()).singleElement().satisfies(headers -> {
                assertThat(headers.get("X-Forwarded-For")).containsExactly("127.0.0.1");
                assertThat(headers.get("X-Forwarded-Host")).containsExactly("voice.example");
                assertThat(headers.get("X-Forwarded-Proto")).containsExactly("http");
                assertThat(headers.get("X-Real-IP")).containsExactly("127.0.0.1");
                assertThat(headers.get("Host")).containsExactly("smart-router");
                assertThat(headers).doesNotContainKey("Forwarded");
                assertThat(headers.get("X-Twilio-Signature")).containsExactly("theirs");
            });
        }
        try (var router = new ScriptedRouter(200);
                var nginx = nginx(router.address(), "set_real_ip_from 127.0.0.1;\n")) {
            new Wire(nginx.port()).post(BUDDY + "twilio/callback/hello", "CallSid=CA1", lies);
            assertThat(router.seen())
                    .singleElement()
                    .satisfies(headers ->
                            assertThat(headers.get("X-Forwarded-For")).containsExactly("6.6.6.6"));
        }
    }

    @Test
    void aSecretIsNotInTheLogEither() throws Exception {
        try (var nginx = nginx("127.0.0.1:1", "")) {
            new Wire(nginx.port()).get(BUDDY + "exotel/callback/hello?auth_token=hunter2&CallSid=CA1");
            await("a line").until(() -> nginx.log().contains("exotel"));
            assertThat(nginx.log())
                    .contains("\"upstream_status\":\"502, 502, 502\"")
                    .doesNotContain("hunter2");
        }
    }

    private static void apologises(Wire wire) throws IOException {
        assertThat(twilio(wire).text())
                .startsWith("HTTP/1.1 200")
                .contains("Content-Type: application/xml")
                .endsWith("\r\n\r\n" + golden("twilio-trouble.xml"));
        assertThat(plivo(wire).text())
                .startsWith("HTTP/1.1 200")
                .contains("Content-Type: application/xml")
                .endsWith("\r\n\r\n" + golden("plivo-trouble.xml"));
        var exotel = exotel(wire);
        assertThat(exotel.status()).isEqualTo(503);
        assertThat(exotel.header("Retry-After")).isEqualTo("1");
        assertThat(exotel.body()).isEqualTo("{\"error\":\"router unavailable\"}");
    }

    private static Wire.Reply twilio(Wire wire) {
        return wire.post(BUDDY + "twilio/callback/hello", "CallSid=CA1");
    }

    private static Wire.Reply plivo(Wire wire) {
        return wire.post(BUDDY + "plivo/callback/hello", "CallUUID=CA1");
    }

    private static Wire.Reply exotel(Wire wire) {
        return wire.post(BUDDY + "exotel/callback/hello", "CallSid=CA1");
    }

    private static Nginx nginx(String router, String trusted) {
        return Nginx.start(router, ".nowhere:1", "127.0.0.1:1", trusted);
    }

    private static String golden(String file) throws IOException {
        return Files.readString(GOLDEN.resolve(file)).strip();
    }

    /** Answers everything with one status, and keeps the headers it was sent. */
    private static final class ScriptedRouter implements AutoCloseable {
        private final Queue<Headers> seen = new ConcurrentLinkedQueue<>();
        private final HttpServer server;

        ScriptedRouter(int status) throws IOException {
            server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
            server.createContext("/", exchange -> {
                seen.add(exchange.getRequestHeaders());
                var body = "{\"error\":\"said by the router\"}".getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(status, body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            });
            server.start();
        }

        String address() {
            return "127.0.0.1:" + server.getAddress().getPort();
        }

        Queue<Headers> seen() {
            return seen;
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
