package dev.smartrouter.loadtest;

import static io.gatling.javaapi.core.CoreDsl.rampUsersPerSec;

import io.gatling.javaapi.core.OpenInjectionStep;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Is everybody served through a whole day, its rush hours included?
 *
 * <p>A day's curve in MINUTES: quiet at night, a steep rise to the peak of CALLS a second at eleven, a dip at lunch, a
 * second peak at six. Every call must get its pod, and quickly, at any hour.
 */
public final class RushHour extends Question {
    /** Of the peak, at each full hour from midnight to midnight, as merchants call their customers. */
    private static final List<Double> DAY = List.of(
            .02, .01, .01, .01, .01, .02, .05, .15, .4, .75, .95, 1., .8, .55, .6, .7, .8, .95, 1., .8, .5, .25, .1, .05,
            .02);

    private static final double CALLS = settings.calls(60);
    private static final Duration LASTS = settings.lasts(Duration.ofMinutes(5));

    public RushHour() {
        super(CALLS);
        ask(
                List.of(calls("calls", hours())),
                List.of(),
                Stream.concat(quick(settings.p99(250)), few(settings.errors())));
    }

    private static OpenInjectionStep[] hours() {
        var hour = LASTS.dividedBy(DAY.size() - 1);
        return IntStream.range(1, DAY.size())
                .mapToObj(i -> rampUsersPerSec(DAY.get(i - 1) * CALLS).to(DAY.get(i) * CALLS).during(hour))
                .toArray(OpenInjectionStep[]::new);
    }
}
