package dev.smartrouter.simulator.agent;

import static dev.smartrouter.simulator.agent.ReleasePath.CALL_COMPLETED;
import static dev.smartrouter.simulator.agent.ReleasePath.NEVER_CONNECTED;
import static dev.smartrouter.simulator.agent.ReleasePath.SOCKET_CLOSED;
import static dev.smartrouter.simulator.agent.ReleasePath.STATUS_CALLBACK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReleasesIT {
    private static final Duration PATIENCE = Duration.ofMillis(200);
    private static final CallHabits ALL = CallHabits.USUAL.releasing(Map.of(
            SOCKET_CLOSED, Duration.ZERO,
            CALL_COMPLETED, Duration.ofMillis(150),
            STATUS_CALLBACK, Duration.ZERO,
            NEVER_CONNECTED, Duration.ZERO));
    private static final CallHabits NONE = CallHabits.USUAL.releasing(Map.of());

    private final Ward ward =
            new Ward(settings -> settings.waitingForSockets(PATIENCE).behaving(sid -> sid.equals("NONE") ? NONE : ALL));
    private final Form form = new Form(ward.fleet.api());

    @AfterEach
    void close() {
        ward.close();
    }

    @Test
    void theCallsEndReleasesItTwice() {
        ward.started(Ward.POD);
        ward.call("CA1").goodbye();
        ward.until("released CA1 CALL_COMPLETED 200");
        assertThat(ward.events())
                .containsExactly(
                        "ready voice-agent-0",
                        "joined voice-agent-0 u1 CA1",
                        "left voice-agent-0 u1 CA1",
                        "releasing CA1 SOCKET_CLOSED",
                        "released CA1 SOCKET_CLOSED 200",
                        "releasing CA1 CALL_COMPLETED",
                        "released CA1 CALL_COMPLETED 200");
        var asked = ward.router.asked("/api/v1/release");
        assertThat(asked.get(0).body()).contains("\"CA1\"", "\"websocket_closed\"");
        assertThat(asked.get(1).body()).contains("\"CA1\"", "\"call_completed\"");
        assertThat(asked.get(1).nanos() - asked.get(0).nanos())
                .isGreaterThan(Duration.ofMillis(100).toNanos());
    }

    @Test
    void aSocketThatBreaksIsAsGoodAsOneThatCloses() {
        ward.started(Ward.POD);
        ward.call("CA1").close();
        ward.until("released CA1 SOCKET_CLOSED 200");
    }

    @Test
    void theProvidersWordReleasesIt() {
        assertThat(form.post("/voice/status/twilio", "CallSid=CA1&CallStatus=ringing"))
                .isEqualTo(204);
        assertThat(form.post("/voice/status/twilio", "CallSid=CA1&CallStatus=no-answer"))
                .isEqualTo(204);
        assertThat(form.post("/voice/status/plivo", "CallUUID=CA2&CallStatus=completed"))
                .isEqualTo(204);
        assertThat(form.post("/voice/status/exotel", "CallSid=CA3&Status=busy")).isEqualTo(204);
        await().atMost(Ward.PATIENCE).until(() -> ward.router.releases().size() == 3);
        assertThat(ward.router.releases())
                .anySatisfy(body -> assertThat(body).contains("\"CA1\"", "\"status_no-answer\""))
                .anySatisfy(body -> assertThat(body).contains("\"CA2\"", "\"status_completed\""))
                .anySatisfy(body -> assertThat(body).contains("\"CA3\"", "\"status_busy\""));
    }

    @Test
    void aReportWithoutACallIsRefused() {
        assertThat(form.post("/voice/status/twilio", "CallStatus=busy")).isEqualTo(400);
        assertThat(form.post("/voice/status/nobody", "CallSid=CA1&CallStatus=busy"))
                .isEqualTo(404);
    }

    @Test
    void aCallWithoutASocketIsReleased() {
        ward.fleet.expect("CA1");
        ward.until("released CA1 NEVER_CONNECTED 200");
        assertThat(ward.router.releases()).singleElement().asString().contains("\"stuck_timeout\"");
    }

    @Test
    void aCallThatComesInTimeIsNot() {
        ward.started(Ward.POD);
        ward.fleet.expect("CA1");
        try (var socket = ward.call("CA1")) {
            ward.until("joined voice-agent-0 u1 CA1");
            ward.fleet.expect("CA1");
            await().during(PATIENCE.multipliedBy(2))
                    .atMost(Ward.PATIENCE)
                    .until(() -> ward.router.releases().isEmpty());
            assertThat(socket.closed()).isNotDone();
        }
    }

    @Test
    void anAgentMayHaveNoneOfTheHabits() {
        ward.started(Ward.POD);
        ward.fleet.expect("NONE");
        ward.call("NONE").close();
        form.post("/voice/status/twilio", "CallSid=NONE&CallStatus=completed");
        ward.until("left voice-agent-0 u1 NONE");
        await().during(PATIENCE)
                .atMost(Ward.PATIENCE)
                .until(() -> ward.router.releases().isEmpty());
    }

    @Test
    void whoForgetsReleasesOnlyWhatItIsTold() {
        ward.started(Ward.POD);
        ward.fleet.forget(true);
        ward.fleet.expect("CA2");
        ward.call("CA1").close();
        ward.until("left voice-agent-0 u1 CA1");
        await().during(PATIENCE.multipliedBy(2))
                .atMost(Ward.PATIENCE)
                .until(() -> ward.events("releasing").isEmpty());
        form.post("/voice/status/twilio", "CallSid=CA1&CallStatus=completed");
        ward.until("released CA1 STATUS_CALLBACK 200");
        ward.fleet.forget(false);
        ward.call("CA3").close();
        ward.until("released CA3 SOCKET_CLOSED 200");
    }

    @Test
    void theFirstOfTwoSocketsOfACallReleasesNothing() {
        ward.started(Ward.POD);
        var first = ward.call("CA1");
        ward.until("joined voice-agent-0 u1 CA1");
        try (var second = ward.call("CA1").says(Caller.TWILIO.media("QUJD"))) {
            await().atMost(Ward.PATIENCE).until(() -> !second.heard().isEmpty());
            first.close();
            ward.until("left voice-agent-0 u1 CA1");
            await().during(PATIENCE)
                    .atMost(Ward.PATIENCE)
                    .until(() -> ward.router.releases().isEmpty());
        }
        ward.until("released CA1 SOCKET_CLOSED 200");
    }

    @Test
    void whoIsNotHeardIsToldAsZero() {
        ward.started(Ward.POD);
        ward.router.close();
        ward.call("CA1").close();
        ward.until("released CA1 SOCKET_CLOSED 0");
    }
}
