package dev.smartrouter.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.smartrouter.pool.StoreLaws;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Whoever has a network and no manners: callers are served meanwhile, and the router and its log are afterwards as before.
 * {@code -Dflood.requests=100000} sends more junk.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FloodIT {
    private static final int JUNK = Integer.getInteger("flood.requests", 10_000);
    private static final int CLIENTS = 4;
    private static final int MOST_CONNECTIONS = 200;
    private static final String[] PODS = {"voice-agent-0", "voice-agent-1"};

    private Town town;
    private Router.Separate router;

    @BeforeAll
    void found() {
        town = Town.found()
                .tiers("{\"tiers\":{\"gold\":{\"type\":\"exclusive\",\"target\":2}},\"default_chain\":[\"gold\"]}")
                .pods("gold", PODS)
                .with("REQUEST_TIMEOUT", "4s")
                .with("MAX_CONNECTIONS", Integer.toString(MOST_CONNECTIONS));
        router = Router.apart(town.settings());
        town.join(router);
        router.awaitReady();
    }

    @AfterEach
    void servesAsBefore() {
        serve("CA-after");
        town.awaitWhole();
        StoreLaws.assertHold(town.keys());
        assertThat(new Caller(router.admin()).get("/metrics").body())
                .contains("smart_router_panics_recovered_total 0.0");
    }

    @AfterAll
    void close() {
        town.close();
    }

    @Test
    void sendersWhoNeverFinishAreCutAndKeepNobodyOut() throws IOException {
        var slow = new ArrayList<Socket>();
        try {
            for (int i = 0; i < MOST_CONNECTIONS + 50; i++) slow.add(connected());
            var beginnings = List.of(
                    "POST /api/v1/allocate HTTP/1.1\r\nHost: router\r\nX-Slow: ",
                    "POST /api/v1/allocate HTTP/1.1\r\nHost: router\r\nContent-Length: 9000\r\n\r\n{",
                    "P");
            for (int i = 0; i < slow.size(); i++) send(slow.get(i), beginnings.get(i % beginnings.size()));
            await("a caller among them")
                    .atMost(Duration.ofSeconds(60))
                    .ignoreExceptions()
                    .until(() -> {
                        for (var socket : slow) send(socket, "a");
                        return router.caller().get("/health").isOk();
                    });
            serve("CA-among-the-slow");
            await("the slow are cut").atMost(Duration.ofSeconds(60)).until(() -> {
                for (var socket : slow) send(socket, "a");
                return slow.stream().allMatch(FloodIT::isCut);
            });
        } finally {
            for (var socket : slow) socket.close();
        }
        assertThat(new Caller(router.admin()).get("/metrics").body())
                .doesNotContain("smart_router_slow_senders_total 0.0");
    }

    @Test
    void junkIsRefusedWhileCallersAreServedAndFillsNoLog() {
        var before = router.log().length();
        var random = new Random(1);
        amid(() -> Crowd.each(CLIENTS, client -> {
            for (var i = client; i < JUNK; i += CLIENTS) {
                byte[] junk;
                synchronized (random) {
                    junk = junk(random);
                }
                assertThat(RawAnswer.to(router.api(), junk).status())
                        .matches(status -> status == 0 || status / 100 == 4 || status == 501 || status == 505);
            }
            return null;
        }));
        assertThat(router.log().substring(before)).hasSizeLessThan(10_000).doesNotContain("HttpParser", "WebComponent");
    }

    @Test
    void floodsOfHeadersAreRefused() {
        var head = "GET /health HTTP/1.1\r\nHost: router\r\nConnection: close\r\n";
        amid(() -> Crowd.each(CLIENTS, client -> {
            for (int i = 0; i < 50; i++) {
                assertThat(raw(head + "X: " + "x".repeat(200_000) + "\r\n\r\n")).isIn(0, 431);
                assertThat(raw(head + "X: y\r\n".repeat(20_000) + "\r\n")).isIn(0, 431);
            }
            return null;
        }));
    }

    @Test
    void aMerchantGoneMadLeavesPodsForOthers() {
        town.merchant("mad", "{\"max_calls\":1,\"max_cps\":100}");
        var answers = amid(() -> Crowd.each(
                CLIENTS,
                client -> IntStream.range(0, 25)
                        .mapToObj(i -> router.caller().allocate("CA-mad-" + client + "-" + i, "mad"))
                        .toList()));
        var told = answers.stream().flatMap(List::stream).toList();
        assertThat(told).filteredOn(Answer::isOk).as("its one call").hasSize(1);
        assertThat(told)
                .filteredOn(answer -> !answer.isOk())
                .allMatch(answer -> answer.body().equals("{\"error\":\"merchant limit reached\"}"));
        router.caller()
                .form("/api/v1/twilio/allocate?merchant_id=mad", "CallSid=CA-mad")
                .apologises();
        for (var call : town.liveCalls()) router.caller().release(call).is(200);
        router.caller().allocate("CA-mad-again", "mad").is(200);
        router.caller().release("CA-mad-again").is(200);
    }

    /** Callers come and go while something else goes on. */
    private <T> T amid(Supplier<T> flood) {
        var flooding = Crowd.meanwhile(flood);
        var calls = 0;
        while (!flooding.isDone()) serve("CA-amid-" + calls++);
        var outcome = flooding.join();
        assertThat(calls).as("calls served meanwhile").isPositive();
        return outcome;
    }

    private void serve(String call) {
        router.caller().allocate(call).took("pool:gold");
        router.caller().release(call).is(200);
    }

    private static byte[] junk(Random random) {
        var bytes = new byte[1 + random.nextInt(300)];
        random.nextBytes(bytes);
        var text = new String(bytes, StandardCharsets.ISO_8859_1);
        return switch (random.nextInt(4)) {
            case 0 -> bytes;
            case 1 ->
                ("POST /api/v1/allocate HTTP/1.1\r\nHost: r\r\nConnection: close\r\nContent-Length: " + bytes.length
                                + "\r\n\r\n" + text)
                        .getBytes(StandardCharsets.ISO_8859_1);
            case 2 ->
                ("POST /api/v1/release HTTP/1.1\r\nHost: r\r\nConnection: close\r\n"
                                + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " + bytes.length
                                + "\r\n\r\n" + text)
                        .getBytes(StandardCharsets.ISO_8859_1);
            default -> ("GET /" + text + " HTTP/1.1\r\nHost: r\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
        };
    }

    private int raw(String request) {
        return RawAnswer.to(router.api(), request.getBytes(StandardCharsets.ISO_8859_1))
                .status();
    }

    private Socket connected() {
        try {
            var socket = new Socket();
            socket.connect(
                    new InetSocketAddress(
                            InetAddress.getLoopbackAddress(), router.api().getPort()),
                    10_000);
            socket.setSoTimeout(1);
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void send(Socket socket, String text) {
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            // cut already
        }
    }

    private static boolean isCut(Socket socket) {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }
}
