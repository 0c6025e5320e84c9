package dev.smartrouter.simulator.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartrouter.simulator.provider.Audio.Kind;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AudioTest {
    private final Audio audio = new Audio("CA1", 160);

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 63, 64, 4095, 4096, 1_234_567, (1 << 24) - 1})
    void anEchoSaysWhichFrameItIs(long number) {
        var frame = audio.frame(number);
        assertThat(Base64.getDecoder().decode(frame)).hasSize(160);
        assertThat(audio.kindOf(frame)).isEqualTo(Kind.ECHO);
        assertThat(Audio.numberOf(frame)).isEqualTo((int) number);
    }

    @Test
    void aVoiceIsKnownFromAnyOther() {
        assertThat(audio.kindOf(new Audio("CA2", 160).frame(1))).isEqualTo(Kind.ANOTHERS);
        assertThat(audio.kindOf(Base64.getEncoder().encodeToString(new byte[160])))
                .isEqualTo(Kind.AGENTS_OWN);
        assertThat(audio.kindOf(audio.frame(1).substring(0, 200))).isEqualTo(Kind.DAMAGED);
        assertThat(audio.kindOf(audio.frame(1).substring(0, 20) + audio.frame(1).substring(24) + "AAAA"))
                .isEqualTo(Kind.DAMAGED);
    }

    @Test
    void framesAreCountedBackFromTheNewestAlsoAcrossTheEndOfTheirNumbers() {
        assertThat(Audio.framesSince(4, 5)).isEqualTo(1);
        assertThat(Audio.framesSince(0, 5)).isEqualTo(5);
        assertThat(Audio.framesSince((1 << 24) - 1, (1 << 24) + 2)).isEqualTo(3);
        assertThat(Audio.framesSince(5, 5)).isGreaterThan(1 << 20); // never sent
    }

    @Test
    void aPieceOfAudioIsAsLongAsItSays() {
        for (var bytes = 150; bytes < 170; bytes++) {
            var encoded = Base64.getEncoder().encodeToString(new byte[bytes]);
            assertThat(Audio.decodedLength(encoded)).isEqualTo(bytes);
        }
    }

    @Test
    void aSpreadKnowsItsQuantilesToASixteenth() {
        var spread = new Spread();
        assertThat(spread.quantile(0.99)).isEqualTo(Duration.ZERO);
        for (var i = 1; i <= 1000; i++) spread.add(i * 1_000_000L);
        assertThat(spread.count()).isEqualTo(1000);
        assertThat(spread.quantile(0.5).toMillis()).isBetween(500L, 532L);
        assertThat(spread.quantile(0.99).toMillis()).isBetween(990L, 1056L);
        assertThat(spread.quantile(1).toMillis()).isBetween(1000L, 1065L);
    }
}
