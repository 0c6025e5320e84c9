package dev.smartrouter.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.smartrouter.CallSid;
import dev.smartrouter.PodName;
import dev.smartrouter.pod.Incarnation;
import dev.smartrouter.pool.PodSighting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentCallsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final CountDownLatch over = new CountDownLatch(1);
    private HttpServer agent;
    private AgentCalls calls;

    @BeforeEach
    void start() throws IOException {
        // by default 50 may wait to be accepted, and the others come again after a second, which is too late
        agent = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
        agent.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        agent.start();
        calls = new AgentCalls(agent.getAddress().getPort());
    }

    @AfterEach
    void stop() {
        over.countDown();
        calls.close();
        agent.stop(0);
    }

    @Test
    void anAgentNamesItsCalls() {
        answers(200, "{\"call_sids\":[\"CA1\",\"CA2\",\"CA1\"],\"more\":true}");
        assertThat(calls.of(pod("127.0.0.1"))).contains(Set.of(new CallSid("CA1"), new CallSid("CA2")));
    }

    @Test
    void anAgentWithoutCallsSaysSo() {
        answers(200, "{\"call_sids\":[]}");
        assertThat(calls.of(pod("127.0.0.1"))).contains(Set.of());
    }

    @Test
    void aCallThatCannotBeIsLeftOut() {
        answers(200, "{\"call_sids\":[\"CA1\",\"\",\"a b\",7,null,{\"sid\":\"CA2\"}]}");
        assertThat(calls.of(pod("127.0.0.1"))).contains(Set.of(new CallSid("CA1")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "404 | {}",
                "500 | {\"call_sids\":[]}",
                "302 | {\"call_sids\":[]}",
                "204 | ''",
                "200 | ''",
                "200 | <html>",
                "200 | []",
                "200 | {\"call_sids\":{}}",
                "200 | {\"call_sids\":[\"CA1\""
            })
    void whatIsNoAnswerIsNone(int code, String body) {
        answers(code, body);
        assertThat(calls.of(pod("127.0.0.1"))).isEmpty();
    }

    @Test
    void anAnswerWithoutEndIsCutOff() {
        agent.createContext("/active-calls", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (var body = exchange.getResponseBody()) {
                var much = new byte[8192];
                while (over.getCount() > 0) body.write(much);
            }
        });
        assertThat(calls.of(pod("127.0.0.1"))).isEmpty();
    }

    @Test
    void anAgentThatSaysNothingIsNotWaitedFor() {
        agent.createContext("/active-calls", exchange -> waitForTheEnd());
        assertEmptySoon();
    }

    @Test
    void anAgentThatNeverEndsItsAnswerIsNotWaitedFor() {
        agent.createContext("/active-calls", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("{\"call_sids\":[".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            waitForTheEnd();
        });
        assertEmptySoon();
    }

    @Test
    void whereNobodyListensThereIsNoAnswer() {
        agent.stop(0);
        assertThat(calls.of(pod("127.0.0.1"))).isEmpty();
        assertThat(calls.of(pod(""))).isEmpty();
    }

    /** None is answered before all are asked. */
    @Test
    void manyAreAskedAtOnce() throws Exception {
        var many = 100;
        var all = new CyclicBarrier(many);
        agent.createContext("/active-calls", exchange -> {
            try {
                all.await();
            } catch (Exception e) {
                throw new IOException(e);
            }
            reply(exchange, 200, "{\"call_sids\":[\"CA1\"]}");
        });
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var asked = threads.invokeAll(
                    Stream.<Callable<Optional<Set<CallSid>>>>generate(() -> () -> calls.of(pod("127.0.0.1")))
                            .limit(many)
                            .toList());
            for (var each : asked) assertThat(each.get()).contains(Set.of(new CallSid("CA1")));
        }
    }

    private void assertEmptySoon() {
        var before = System.nanoTime();
        assertThat(calls.of(pod("127.0.0.1"))).isEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(PATIENCE);
    }

    private void waitForTheEnd() {
        try {
            var unused = over.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void answers(int code, String body) {
        agent.createContext("/active-calls", exchange -> reply(exchange, code, body));
    }

    private static void reply(HttpExchange exchange, int code, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(code, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static PodSighting pod(String ip) {
        return new PodSighting(
                new PodName("agent-0"),
                Incarnation.of("u-1", Instant.EPOCH, 0),
                Instant.EPOCH,
                true,
                false,
                false,
                ip,
                "{}");
    }
}
