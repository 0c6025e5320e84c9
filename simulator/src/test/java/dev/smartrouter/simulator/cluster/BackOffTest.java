package dev.smartrouter.simulator.cluster;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackOffTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @Test
    void whoCrashesAgainWaitsTwiceAsLongUpToFiveMinutes() {
        var backOff = new BackOff(ofSeconds(10));
        assertThat(IntStream.range(0, 9).mapToObj(i -> backOff.crashed(NOON, NOON.plusSeconds(1))))
                .containsExactly(
                        ZERO,
                        ofSeconds(10),
                        ofSeconds(20),
                        ofSeconds(40),
                        ofSeconds(80),
                        ofSeconds(160),
                        ofMinutes(5),
                        ofMinutes(5),
                        ofMinutes(5));
    }

    @Test
    void whoHasRunForTenMinutesIsForgiven() {
        var backOff = new BackOff(ofSeconds(10));
        backOff.crashed(NOON, NOON.plusSeconds(1));
        backOff.crashed(NOON, NOON.plusSeconds(1));
        assertThat(backOff.crashed(NOON, NOON.plus(ofMinutes(10)))).isEqualTo(ZERO);
        assertThat(backOff.crashed(NOON, NOON.plusSeconds(1))).isEqualTo(ofSeconds(10));
    }
}
