package dev.smartrouter.simulator.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LifeOfAPodIT {
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration SHORT = Duration.ofMillis(300);

    private Ward ward = new Ward();

    @AfterEach
    void close() {
        ward.close();
    }

    @Test
    void beforeItIsReadyItTakesNobody() {
        ward.close();
        ward = new Ward(settings -> settings.startingWithin(Duration.ofMillis(500)));
        ward.starting(Ward.POD);
        assertThat(Socket.refused(ward.gateway(), "/ws/pod/voice-agent-0/CA1")).isEqualTo(404);
        ward.until("ready voice-agent-0");
        try (var socket = ward.socket(Ward.POD, "CA1")) {
            ward.until("joined voice-agent-0 u1 CA1");
            assertThat(socket.closed()).isNotDone();
        }
    }

    @Test
    void killBreaksEverySocketAndReleasesNothing() throws Exception {
        var container = ward.started(Ward.POD);
        ward.started("voice-agent-1");
        try (var one = ward.call("CA1");
                var two = ward.call("CA2");
                var elsewhere = ward.socket("voice-agent-1", "CA3")) {
            container.kill();
            assertThat(one.closed().get(5, TimeUnit.SECONDS)).isEqualTo(Socket.BROKEN);
            assertThat(two.closed().get(5, TimeUnit.SECONDS)).isEqualTo(Socket.BROKEN);
            assertThat(elsewhere.closed()).isNotDone();
            ward.until("left voice-agent-0 u1 CA1");
            ward.until("left voice-agent-0 u1 CA2");
            assertThat(Socket.refused(ward.gateway(), "/ws/pod/voice-agent-0/CA4"))
                    .isEqualTo(404);
            assertThat(ward.events("releasing")).isEmpty();
        }
        assertThat(ward.events("crashed")).isEmpty();
    }

    @Test
    void aCrashIsToldToTheKubelet() throws Exception {
        ward.started(Ward.POD);
        try (var socket = ward.call("CA1")) {
            assertThat(ward.fleet.crash(Ward.POD)).isTrue();
            assertThat(socket.closed().get(5, TimeUnit.SECONDS)).isEqualTo(Socket.BROKEN);
        }
        assertThat(ward.events()).endsWith("left voice-agent-0 u1 CA1", "crashed voice-agent-0");
        assertThat(ward.fleet.crash(Ward.POD)).isFalse();
        ward.started(Ward.POD);
        ward.call("CA2").close();
        ward.until("joined voice-agent-0 u1 CA2");
    }

    @Test
    void stopDrainsAndWaitsForTheLastCall() throws Exception {
        var container = ward.started(Ward.POD);
        var socket = ward.call("CA1");
        var ended = container.stop(LONG).toCompletableFuture();
        await().atMost(Ward.PATIENCE)
                .until(() -> !ward.router.asked("/api/v1/drain").isEmpty());
        assertThat(ward.router.asked("/api/v1/drain").getFirst().body()).isEqualTo("{\"pod_name\":\"voice-agent-0\"}");
        try (var late = ward.call("CA2")) { // it was on its way
            socket.goodbye();
            ward.until("left voice-agent-0 u1 CA1");
            assertThat(ended).isNotDone();
            assertThat(late.closed()).isNotDone();
            late.goodbye();
            ended.get(5, TimeUnit.SECONDS);
        }
        ward.until("released CA2 SOCKET_CLOSED 200");
        assertThat(Socket.refused(ward.gateway(), "/ws/pod/voice-agent-0/CA3")).isEqualTo(404);
    }

    @Test
    void aStoppingPodWaitsForACallThatTheRouterKnows() throws Exception {
        ward.router.always("/api/v1/drain", 200, "{\"active_calls\":1}");
        var container = ward.started(Ward.POD);
        var ended = container.stop(LONG).toCompletableFuture();
        await().atMost(Ward.PATIENCE)
                .until(() -> ward.router.asked("/api/v1/drain").size() > 2);
        assertThat(ended).isNotDone();
        ward.router.always("/api/v1/drain", 200, "{\"active_calls\":0}");
        ended.get(5, TimeUnit.SECONDS);
    }

    @Test
    void whenTheGraceIsOverItEndsAsIfKilled() throws Exception {
        var container = ward.started(Ward.POD);
        try (var socket = ward.call("CA1")) {
            container.stop(SHORT).toCompletableFuture().get(5, TimeUnit.SECONDS);
            assertThat(socket.closed().get(5, TimeUnit.SECONDS)).isEqualTo(Socket.BROKEN);
        }
        ward.until("left voice-agent-0 u1 CA1");
        assertThat(ward.events("releasing")).isEmpty();
    }

    @Test
    void killEndsAStopThatTakesLong() throws Exception {
        var container = ward.started(Ward.POD);
        try (var socket = ward.call("CA1")) {
            var ended = container.stop(LONG).toCompletableFuture();
            assertThat(ended).isNotDone();
            container.kill();
            ended.get(5, TimeUnit.SECONDS);
            assertThat(socket.closed().get(5, TimeUnit.SECONDS)).isEqualTo(Socket.BROKEN);
        }
    }

    @Test
    void whatHangsSaysNothingUntilItWakes() throws Exception {
        ward.started(Ward.POD);
        var caller = Caller.TWILIO;
        try (var socket = ward.call("CA1").says(caller.media("QUJD"))) {
            await().atMost(Ward.PATIENCE).until(() -> socket.heard().size() == 2);
            assertThat(ward.fleet.hang(Ward.POD)).isTrue();
            socket.says(caller.media("SEFORw=="));
            socket.goodbye();
            var knock = HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .buildAsync(ward.gateway().resolve("/ws/pod/voice-agent-0/CA2"), new WebSocket.Listener() {});
            await().during(SHORT)
                    .atMost(Ward.PATIENCE)
                    .until(() -> !knock.isDone()
                            && !socket.closed().isDone()
                            && socket.heard().size() == 2);
            knock.cancel(true);
            assertThat(ward.fleet.wake(Ward.POD)).isTrue();
            assertThat(socket.closed().get(5, TimeUnit.SECONDS)).isEqualTo(1000);
            assertThat(socket.heard()).endsWith(caller.echo("SEFORw=="));
        }
        ward.until("released CA1 SOCKET_CLOSED 200");
    }

    @Test
    void whatHangsReleasesWhenItWakes() {
        ward.started(Ward.POD);
        var socket = ward.call("CA1");
        ward.fleet.hang(Ward.POD);
        socket.close();
        ward.until("left voice-agent-0 u1 CA1");
        await().during(SHORT)
                .atMost(Ward.PATIENCE)
                .until(() -> ward.events("releasing").isEmpty());
        ward.fleet.wake(Ward.POD);
        ward.until("released CA1 SOCKET_CLOSED 200");
    }

    @Test
    void readinessFlapsAndCallsGoOn() {
        ward.started(Ward.POD);
        try (var socket = ward.call("CA1")) {
            assertThat(ward.fleet.flap(Ward.POD, false)).isTrue();
            assertThat(ward.events()).contains("unready voice-agent-0");
            socket.says(Caller.TWILIO.media("QUJD"));
            await().atMost(Ward.PATIENCE).until(() -> socket.heard().contains(Caller.TWILIO.echo("QUJD")));
        }
        assertThat(ward.fleet.flap("voice-agent-9", true)).isFalse();
    }
}
