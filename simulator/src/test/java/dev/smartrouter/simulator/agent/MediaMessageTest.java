package dev.smartrouter.simulator.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MediaMessageTest {
    @ParameterizedTest
    @EnumSource(Caller.class)
    void aStartSaysWhoseItIs(Caller caller) throws IOException {
        var message = MediaMessage.read(caller.start("CA1"));
        assertThat(message).isEqualTo(new MediaMessage("start", Dialect.valueOf(caller.name()), "CA1", "STREAM-1", ""));
    }

    @ParameterizedTest
    @EnumSource(Caller.class)
    void soundIsThePayload(Caller caller) throws IOException {
        assertThat(MediaMessage.read(caller.media("QUJD")).payload()).isEqualTo("QUJD");
    }

    @Test
    void whatCustomersWriteIsNotTheCall() throws IOException {
        var message = MediaMessage.read("""
                {"event":"start","extra_headers":{"callId":"X"},
                 "start":{"customParameters":{"callSid":"X"},"callSid":"CA1","tracks":["inbound"]}}""");
        assertThat(message.call()).isEqualTo("CA1");
        assertThat(message.dialect()).isEqualTo(Dialect.TWILIO);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "7", "{", "{\"event\":", "{\"event\":\"media\",\"media\":{", "start"})
    void whatIsNoObjectIsNoMessage(String text) {
        assertThatThrownBy(() -> MediaMessage.read(text)).isInstanceOf(IOException.class);
    }
}
