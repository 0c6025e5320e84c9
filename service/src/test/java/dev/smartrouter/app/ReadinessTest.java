package dev.smartrouter.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ReadinessTest {
    private final Readiness readiness = new Readiness();
    private boolean answers = true;
    private boolean open = true;

    @Test
    void aRouterIsReadyOnceItServesAndUntilItStops() {
        readiness.follow(() -> answers, () -> open);
        assertThat(readiness.objection()).contains("starting");
        assertThat(readiness.routerObjection()).contains("starting");
        readiness.serving();
        assertThat(readiness.objection()).isEmpty();
        assertThat(readiness.routerObjection()).isEmpty();
        readiness.stopping();
        readiness.serving();
        assertThat(readiness.objection()).contains("stopping");
        assertThat(readiness.routerObjection()).contains("stopping");
    }

    @Test
    void withoutAStoreOnlyTheRouterItselfIsReady() {
        readiness.follow(() -> answers, () -> open);
        readiness.serving();
        open = false;
        assertThat(readiness.objection()).contains("recovering");
        answers = false;
        assertThat(readiness.objection()).contains("redis does not answer");
        assertThat(readiness.routerObjection()).isEmpty();
    }

    @Test
    void aPulseIsFeltForTwoBeatsAndAHalfAfterTheLast() {
        var nanos = new AtomicLong();
        var last = new AtomicReference<>(Optional.<Instant>empty());
        var pulse = new Pulse(last::get, nanos::get);
        pulse.tick();
        assertThat(pulse.isFelt()).isFalse();
        last.set(Optional.of(Instant.EPOCH));
        pulse.tick();
        assertThat(pulse.isFelt()).isTrue();
        nanos.set(2_400_000_000L);
        pulse.tick();
        assertThat(pulse.isFelt()).isTrue();
        nanos.set(2_600_000_000L);
        pulse.tick();
        assertThat(pulse.isFelt()).isFalse();
    }
}
