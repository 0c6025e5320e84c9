package dev.smartrouter.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FiguresTest {
    private final Scene scene = new Scene();
    private final Figures figures = scene.figures;
    private final long noon = Scene.NOON.getEpochSecond();

    @Test
    void aSecondIsToldWhenItIsOver() {
        figures.allocated();
        figures.allocated();
        figures.refused();
        assertThat(figures.after(noon - 1)).isEmpty();
        scene.later(Duration.ofSeconds(2));
        assertThat(figures.after(noon - 1))
                .containsExactly(
                        new Figures.Point(noon, 2, 1, null, null), new Figures.Point(noon + 1, 0, 0, null, null));
        assertThat(figures.after(noon)).hasSize(1);
    }

    @Test
    void fiveMinutesAreKeptAndNoSecondIsTakenForAnother() {
        figures.allocated();
        scene.later(Duration.ofSeconds(Figures.SECONDS));
        assertThat(figures.after(Long.MIN_VALUE))
                .hasSize(Figures.SECONDS - 1)
                .allMatch(point -> point.allocated() == 0);
        figures.refused(); // in the place of the first
        scene.later(Duration.ofSeconds(1));
        assertThat(figures.after(Long.MIN_VALUE).getLast())
                .isEqualTo(new Figures.Point(noon + Figures.SECONDS, 0, 1, null, null));
    }

    @Test
    void timesAreWithinATenth() {
        for (int ms = 1; ms <= 100; ms++) figures.answeredIn(Duration.ofMillis(ms));
        scene.later(Duration.ofSeconds(1));
        var point = figures.after(noon - 1).getFirst();
        assertThat(point.halfWithin()).isCloseTo(50, within(5.0));
        assertThat(point.mostWithin()).isCloseTo(99, within(10.0));
    }

    @Test
    void aTimeBeyondAllBoundsStillCounts() {
        var times = new Times();
        times.add(Duration.ZERO);
        times.add(Duration.ofDays(1));
        assertThat(times.within(0.5)).isEqualTo(0.1);
        assertThat(times.within(1)).isGreaterThan(10_000);
        assertThat(new Times().within(0.5)).isNull();
    }
}
