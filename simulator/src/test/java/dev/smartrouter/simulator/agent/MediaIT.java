package dev.smartrouter.simulator.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MediaIT {
    private Ward ward = new Ward();

    @AfterEach
    void close() {
        ward.close();
    }

    @ParameterizedTest
    @EnumSource(Caller.class)
    void soundComesBackInTheProvidersWords(Caller caller) {
        ward.started(Ward.POD);
        try (var socket = ward.socket(Ward.POD, "CA1?flow=v2")) {
            socket.says("{\"event\":\"connected\",\"protocol\":\"Call\",\"version\":\"1.0.0\"}")
                    .says(caller.start("CA1"))
                    .says(caller.media(caller.sound()))
                    .says(caller.media("QUJD"))
                    .says("{\"event\":\"dtmf\",\"dtmf\":{\"digit\":\"1\"}}");
            await().atMost(Ward.PATIENCE).until(() -> socket.heard().size() == 4);
            assertThat(socket.heard())
                    .containsExactly(caller.echo(caller.sound()), caller.mark(), caller.echo("QUJD"), caller.clear());
        }
    }

    @ParameterizedTest
    @EnumSource(Caller.class)
    void anAgentMaySayTheSameToEverybody(Caller caller) {
        another(new Ward(settings -> settings.saying(new Speech.Canned(Duration.ofMillis(40)))));
        ward.started(Ward.POD);
        try (var socket = ward.socket(Ward.POD, "CA1").says(caller.start("CA1"))) {
            await().atMost(Ward.PATIENCE).until(() -> socket.heard().size() >= 3);
            var bytes = caller == Caller.EXOTEL ? 3_200 : 320;
            var dialect = Dialect.valueOf(caller.name());
            var words = dialect.words(dialect.frame(Duration.ofMillis(40)));
            assertThat(Base64.getDecoder().decode(words)).hasSize(bytes);
            assertThat(socket.heard()).startsWith(caller.echo(words), caller.mark(), caller.echo(words));
        }
    }

    @ParameterizedTest
    @EnumSource(Caller.class)
    void theStartOfAnotherCallIsRefused(Caller caller) throws Exception {
        ward.started(Ward.POD);
        try (var socket = ward.socket(Ward.POD, "CA1").says(caller.start("CA2"))) {
            assertThat(socket.closed().get(5, TimeUnit.SECONDS)).isEqualTo(1008);
        }
        ward.until("left voice-agent-0 u1 CA1");
        assertThat(ward.events("releasing")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hello",
                "{\"event\":\"start\",\"start\":{\"sid\":\"CA1\"}}",
                "{\"event\":\"media\",\"media\":{\"payload\":\"QUJD\"}}"
            })
    void whoBreaksTheRulesIsRefused(String text) throws Exception {
        ward.started(Ward.POD);
        try (var socket = ward.socket(Ward.POD, "CA1").says(text)) {
            assertThat(socket.closed().get(5, TimeUnit.SECONDS)).isEqualTo(1008);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\\\"", "a b"})
    void soundThatIsNoBase64IsRefused(String payload) throws Exception {
        ward.started(Ward.POD);
        try (var socket = ward.call("CA1").says(Caller.TWILIO.media(payload))) {
            assertThat(socket.closed().get(5, TimeUnit.SECONDS)).isEqualTo(1008);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ws/pod/voice-agent-1/CA1", "/ws/pod/voice-agent-0", "/ws/pod/voice-agent-0/CA1/x", "/"})
    void noPodIsLentForAnother(String path) {
        ward.started(Ward.POD);
        assertThat(Socket.refused(ward.gateway(), path)).isEqualTo(404);
        assertThat(ward.events("joined")).isEmpty();
    }

    @Test
    void eachSocketLeadsToItsOwnPod() {
        ward.started(Ward.POD);
        ward.started("voice-agent-1");
        try (var one = ward.socket(Ward.POD, "CA1");
                var other = ward.socket("voice-agent-1", "CA2")) {
            assertThat(one).isNotSameAs(other);
            ward.until("joined voice-agent-0 u1 CA1");
            ward.until("joined voice-agent-1 u1 CA2");
        }
    }

    @Test
    void stopEndsIt() throws Exception {
        ward.started(Ward.POD);
        try (var socket = ward.call("CA1").says("{\"event\":\"stop\"}")) {
            assertThat(socket.closed().get(5, TimeUnit.SECONDS)).isEqualTo(1000);
        }
        ward.until("left voice-agent-0 u1 CA1");
    }

    @Test
    void theAgentMayHangUp() throws Exception {
        var brief = CallHabits.USUAL.hangingUpAfter(Duration.ofMillis(100));
        another(new Ward(settings -> settings.behaving(sid -> sid.equals("CA1") ? brief : CallHabits.USUAL)));
        assertThat(brief.hangsUpAfter()).isEqualTo(Optional.of(Duration.ofMillis(100)));
        ward.started(Ward.POD);
        try (var socket = ward.call("CA1");
                var other = ward.call("CA2")) {
            assertThat(socket.closed().get(5, TimeUnit.SECONDS)).isEqualTo(1000);
            assertThat(other.closed()).isNotDone();
        }
    }

    private void another(Ward other) {
        ward.close();
        ward = other;
    }
}
