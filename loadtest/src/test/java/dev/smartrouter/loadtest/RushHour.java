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
 * <p>A day's curve in MINUTES: quiet at night, a steep rise until ten, a dip after lunch, the peak of CALLS a second at
 * six. Every call must get its pod, and quickly, at any hour.
 */
public final class RushHour extends Question {
    /** Of the peak, every two hours from midnight to midnight, as merchants call their customers. */
    private static final List<Double> DAY = List.of(.02, .01, .01, .05, .4, .95, .8, .6, .8, 1., .5, .1, .02);

    private static final double CALLS = settings.calls(60);
    private static final Duration LASTS = settings.lasts(Duration.ofMinutes(5));

    public RushHour() {
        super(CALLS);
        ask(
                List.of(calls("calls", curve())),
                List.of(),
                Stream.concat(quick(settings.p99(250)), few(settings.errors())));
    }

    private static OpenInjectionStep[] curve() {
        var each = wholeSeconds(LASTS.dividedBy(DAY.size() - 1));
        return IntStream.range(1, DAY.size())
                .mapToObj(i -> rampUsersPerSec(DAY.get(i - 1) * CALLS)
                        .to(DAY.get(i) * CALLS)
                        .during(each))
                .toArray(OpenInjectionStep[]::new);
    }
}
