package dev.smartrouter.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.smartrouter.pool.RedisProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A whole router on a real Redis, over real HTTP. */
class RouterProcessIT {
    private static RedisProcess redis;
    private static RouterProcess router;
    private static Http api;
    private static Http admin;

    @BeforeAll
    static void start() {
        redis = RedisProcess.start();
        try (var keys = redis.connect()) {
            keys.sadd("voice:pool:standard:available", "voice-agent-0");
        }
        router = RouterProcess.start(environment());
        api = new Http(router.api());
        admin = new Http(router.admin());
    }

    @BeforeEach
    void ready() {
        await("ready").until(() -> api.get("/ready").statusCode() == 200);
    }

    @AfterAll
    static void stop() {
        router.close();
        redis.close();
    }

    private static Map<String, String> environment() {
        return Map.of(
                "HTTP_PORT", "0",
                "METRICS_PORT", "0",
                "REDIS_URL", redis.url(),
                "VOICE_AGENT_BASE_URL", "wss://agents.example",
                "KUBERNETES_ENABLED", "false",
                "CLEANUP_INTERVAL", "1s",
                "AUDIT_INTERVAL", "200ms");
    }

    @Test
    void healthAndReadinessAnswerUnderBothPaths() {
        for (var base : new String[] {"", "/api/v1"}) {
            assertThat(answer(api.get(base + "/health"))).isEqualTo("200 {\"status\":\"ok\"}");
            assertThat(answer(api.get(base + "/ready"))).isEqualTo("200 {\"status\":\"ready\"}");
            assertThat(answer(api.get(base + "/ready?of=router"))).isEqualTo("200 {\"status\":\"ready\"}");
        }
    }

    @Test
    void withRedisFrozenItIsAliveAndUnreadyAndSaysSoAtOnce() {
        redis.freeze();
        try {
            await("unready")
                    .atMost(Duration.ofSeconds(6))
                    .until(() -> api.get("/ready").statusCode() == 503);
            var start = System.nanoTime();
            assertThat(answer(api.get("/ready")))
                    .isEqualTo("503 {\"status\":\"unready\",\"reason\":\"redis does not answer\"}");
            assertThat(answer(api.get("/health"))).isEqualTo("200 {\"status\":\"ok\"}");
            assertThat(answer(api.get("/ready?of=router"))).startsWith("200");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(500));
            assertThat(admin.get("/healthcheck").statusCode()).isEqualTo(500);
            assertThat(admin.get("/metrics").statusCode()).isEqualTo(200);
        } finally {
            redis.thaw();
        }
        await("ready again")
                .atMost(Duration.ofSeconds(5))
                .until(() -> api.get("/ready").statusCode() == 200);
        assertThat(admin.get("/healthcheck").statusCode()).isEqualTo(200);
    }

    @Test
    void aCallGetsAPodSetByHandAndGivesItBack() {
        var sid = "CA" + System.nanoTime();
        await("adopted")
                .until(() -> api.post("/api/v1/allocate", "{\"call_sid\":\"" + sid + "\"}")
                        .body()
                        .contains("wss://agents.example/ws/pod/voice-agent-0/" + sid));
        await("figures")
                .untilAsserted(() -> assertThat(admin.get("/metrics").body())
                        .contains(
                                "smart_router_active_calls 1.0",
                                "smart_router_pool_available_pods{tier=\"standard\"} 0.0"));
        assertThat(answer(api.post("/api/v1/release", "{\"call_sid\":\"" + sid + "\",\"reason\":\"test\"}")))
                .startsWith("200")
                .contains("\"pod_name\":\"voice-agent-0\"");
        assertThat(admin.get("/metrics").body())
                .contains(
                        "smart_router_allocations_total{pool=\"pool:standard\",status=\"success\"}",
                        "smart_router_releases_total{pool=\"pool:standard\",status=\"success\"}");
        await("figures")
                .untilAsserted(() -> assertThat(admin.get("/metrics").body())
                        .contains(
                                "smart_router_active_calls 0.0",
                                "smart_router_pool_available_pods{tier=\"standard\"} 1.0"));
    }

    @Test
    void theMetricsOfTheOriginalHaveTheirNamesOnBothPorts() {
        api.get("/health");
        api.get("/api/v1/calls/CA-nobody");
        api.get("/no/such/path/" + System.nanoTime());
        api.post("/api/v1/twilio/status", "");
        for (var metrics :
                new HttpResponse<?>[] {admin.get("/metrics"), admin.get("/api/v1/metrics"), api.get("/api/v1/metrics")
                }) {
            assertThat(metrics.headers().firstValue("Content-Type").orElseThrow())
                    .startsWith("text/plain");
            assertThat(metrics.body().toString())
                    .contains(
                            "http_request_duration_seconds_bucket{endpoint=\"/health\",method=\"GET\",status=\"200\",le=\"0.001\"}",
                            "http_requests_total{endpoint=\"/health\",method=\"GET\",status=\"200\"}",
                            "http_requests_total{endpoint=\"/api/v1/calls/{call_sid}\",method=\"GET\",status=\"404\"}",
                            "http_requests_total{endpoint=\"/api/v1/twilio/status\",method=\"POST\",status=\"204\"}",
                            "http_requests_total{endpoint=\"other\",method=\"GET\",status=\"404\"}",
                            "smart_router_panics_recovered_total 0.0",
                            "smart_router_drains_total ",
                            "smart_router_zombies_recovered_total ",
                            "smart_router_active_calls ",
                            "smart_router_leader_status 1.0",
                            "smart_router_pool_available_pods{tier=\"gold\"} 0.0",
                            "smart_router_pool_assigned_pods{tier=\"basic\"} 0.0",
                            "smart_router_gate_open 1.0",
                            "smart_router_store_duration_seconds_count",
                            "jvm_buffers_direct_used ",
                            "jvm_memory_heap_used ")
                    .contains(
                            "# TYPE smart_router_allocations_total counter",
                            "# TYPE smart_router_releases_total counter")
                    .doesNotContain("_total_total", "/no/such/path");
        }
    }

    @Test
    void theOperatorsPortHasItsPages() {
        assertThat(admin.get("/ping").body()).contains("pong");
        assertThat(admin.get("/threads").body()).contains("redis-calls");
        assertThat(admin.get("/healthcheck").body()).contains("\"redis\"", "\"gate\"", "\"tier-config\"");
    }

    @Test
    void whatThereIsNotIsSaidInJson() {
        assertThat(answer(api.get("/no/such/path"))).isEqualTo("404 {\"error\":\"not found\"}");
        var wrong = api.get("/api/v1/allocate");
        assertThat(answer(wrong)).isEqualTo("405 {\"error\":\"method not allowed\"}");
        assertThat(wrong.headers().firstValue("Allow").orElseThrow()).contains("POST");
        assertThat(answer(api.send("DELETE", "/health"))).isEqualTo("405 {\"error\":\"method not allowed\"}");
        assertThat(answer(api.post("/api/v1/allocate", "x".repeat(20_000)))).startsWith("413 {\"error\":");
        assertThat(answer(api.post("/api/v1/allocate", "{"))).isEqualTo("400 {\"error\":\"invalid request body\"}");
        assertThat(answer(api.get("/health", "X-Long", "x".repeat(40_000))))
                .startsWith("431 {\"error\":\"request header fields too large\"}");
        assertThat(raw("GET /%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ")
                .contains("application/json")
                .doesNotContain("Exception", "\tat ");
        assertThat(raw("nonsense\r\n\r\n")).startsWith("HTTP/1.1 400 ").doesNotContain("Exception", "\tat ");
    }

    @Test
    void aRequestKeepsItsIdAndGetsOneIfItHasNone() {
        assertThat(id(api.get("/health", "X-Request-Id", "abc-1"))).isEqualTo("abc-1");
        assertThat(id(api.get("/health"))).matches("[0-9a-f]{16}");
        assertThat(id(api.get("/no/such/path"))).matches("[0-9a-f]{16}");
        assertThat(id(api.get("/health", "X-Request-Id", "a b\"c"))).matches("[0-9a-f]{16}");
    }

    @Test
    void aRequestInFlightIsFinishedBeforeTheRouterStops() throws Exception {
        var other = RouterProcess.start(environment());
        try (var socket = new Socket("localhost", other.httpPort())) {
            var body = "{\"call_sid\":\"CA-in-flight\"}";
            write(socket, "POST /api/v1/release HTTP/1.1\r\nHost: x\r\nContent-Length: " + body.length() + "\r\n\r\n{");
            await("counted in").pollDelay(Duration.ofMillis(200)).until(() -> true);
            var closing = CompletableFuture.runAsync(other::close);
            await("refusing").until(() -> refuses(other));
            assertThat(closing).isNotDone();
            write(socket, body.substring(1));
            assertThat(read(socket)).startsWith("HTTP/1.1 404 ").contains("call not found");
            closing.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void whoKeptItsConnectionIsServedOrHungUpOnButNeverRefused() throws Exception {
        var other = RouterProcess.start(environment());
        try (var socket = new Socket("localhost", other.httpPort())) {
            var request =
                    "POST /api/v1/release HTTP/1.1\r\nHost: x\r\nContent-Length: 20\r\n\r\n{\"call_sid\":\"CA-no\"}";
            write(socket, request);
            assertThat(read(socket)).startsWith("HTTP/1.1 404 ").doesNotContain("Connection: close");
            var closing = CompletableFuture.runAsync(other::close);
            await("refusing").until(() -> refuses(other));
            write(socket, request);
            assertThat(read(socket))
                    .satisfiesAnyOf(
                            answer -> assertThat(answer).isEmpty(),
                            answer -> assertThat(answer)
                                    .startsWith("HTTP/1.1 404 ")
                                    .contains("Connection: close"));
            closing.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void whatAStoppingRouterIsAskedItAnswersAndHangsUp() throws Exception {
        var environment = new HashMap<>(environment());
        environment.put("SHUTDOWN_DELAY", "20s");
        var other = RouterProcess.start(environment);
        var stopping = CompletableFuture.runAsync(other::stopGently);
        var asks = new Http(other.api());
        await("unready").until(() -> asks.get("/ready").body().contains("stopping"));
        var answer = asks.get("/health");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Connection")).contains("close");
        other.close();
        stopping.get(10, TimeUnit.SECONDS);
    }

    @Test
    void aReleaseThatRedisDidNotHearIsSaidBeforeTheRouterEnds() throws Exception {
        var sid = "CA" + System.nanoTime();
        var body = "{\"call_sid\":\"" + sid + "\"}";
        await("a pod").until(() -> api.post("/api/v1/allocate", body).statusCode() == 200);
        var other = RouterProcess.start(environment());
        var asks = new Http(other.api());
        await("ready").until(() -> asks.get("/ready").statusCode() == 200);
        final CompletableFuture<Void> closing;
        redis.freeze();
        try {
            assertThat(asks.post("/api/v1/release", body).statusCode()).isEqualTo(503);
            closing = CompletableFuture.runAsync(other::close);
            await("a while").pollDelay(Duration.ofSeconds(2)).until(() -> !closing.isDone());
        } finally {
            redis.thaw();
        }
        closing.get(20, TimeUnit.SECONDS);
        assertThat(api.get("/api/v1/calls/" + sid).statusCode()).isEqualTo(404);
    }

    @Test
    void aTakenPortIsSaidInOneLine() {
        var environment = new HashMap<>(environment());
        environment.put("HTTP_PORT", Integer.toString(router.httpPort()));
        assertThatThrownBy(() -> RouterProcess.start(environment))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the router cannot start")
                .hasMessageContaining(Integer.toString(router.httpPort()))
                .message()
                .doesNotContain("\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST /nothing", "POST /api/v1/pods", "GET /health", "PUT /api/v1/drain"})
    void anAnswerThatDoesNotWaitForTheBodySaysThatTheConnectionEnds(String route) {
        var head = route + " HTTP/1.1\r\nHost: x\r\n";
        assertThat(raw(head + "Content-Length: 2\r\n\r\n")).containsOnlyOnce("Connection: close\r\n");
        assertThat(raw(head + "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n"))
                .containsOnlyOnce("Connection: close\r\n");
        assertThat(raw(head + "Content-Length: 2\r\n\r\n{}"))
                .startsWith("HTTP/1.1 ")
                .doesNotContain("Connection:");
        assertThat(raw(head + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n"))
                .startsWith("HTTP/1.1 ")
                .doesNotContain("Connection:");
    }

    @Test
    void soDoesAnAnswerOfTheOperatorsPort() {
        var head = "POST /nothing HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n";
        assertThat(raw(router.metricsPort(), head)).containsOnlyOnce("Connection: close\r\n");
    }

    @Test
    void whoAsksWhetherToSendTheBodyIsToldSo() throws IOException {
        var body = "{\"call_sid\":\"CA-no\"}";
        var head = " HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: " + body.length() + "\r\n\r\n";
        try (var socket = new Socket("localhost", router.httpPort())) {
            write(socket, "POST /api/v1/release" + head);
            var yes = "HTTP/1.1 100 Continue\r\n\r\n";
            assertThat(new String(socket.getInputStream().readNBytes(yes.length()), StandardCharsets.US_ASCII))
                    .isEqualTo(yes);
            write(socket, body);
            assertThat(read(socket)).startsWith("HTTP/1.1 404 ").doesNotContain("Connection:");
        }
        assertThat(raw("POST /nothing" + head)).startsWith("HTTP/1.1 404 ").contains("Connection: close\r\n");
    }

    private static boolean refuses(RouterProcess router) {
        try (var socket = new Socket("localhost", router.httpPort())) {
            return false;
        } catch (IOException | RuntimeException e) {
            return true;
        }
    }

    private static String raw(String request) {
        return raw(router.httpPort(), request);
    }

    private static String raw(int port, String request) {
        try (var socket = new Socket("localhost", port)) {
            write(socket, request);
            return read(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.setSoTimeout(5_000);
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    private static String read(Socket socket) throws IOException {
        var answer = new StringBuilder();
        var in = socket.getInputStream();
        while (!answer.toString().endsWith("}")) {
            var next = in.read();
            if (next < 0) break;
            answer.append((char) next);
        }
        return answer.toString();
    }

    private static String id(HttpResponse<String> response) {
        return response.headers().firstValue("X-Request-Id").orElse("");
    }

    private static String answer(HttpResponse<String> response) {
        return response.statusCode() + " " + response.body();
    }
}
