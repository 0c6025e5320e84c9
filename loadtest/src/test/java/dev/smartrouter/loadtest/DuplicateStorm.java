package dev.smartrouter.loadtest;

import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * What if every webhook comes five times, and every end is told five times, all at once?
 *
 * <p>Providers repeat what was not answered in time, and a call's end is known to three or four who all tell it. Every
 * repetition must be answered with the same pod, the call must hold only that, and its end must free it once.
 */
public final class DuplicateStorm extends Question {
    private static final int TIMES = 5;
    private static final double CALLS = settings.calls(20);
    private static final Duration LASTS = wholeSeconds(settings.lasts(Duration.ofMinutes(1)));

    public DuplicateStorm() {
        super(CALLS);
        ask(
                List.of(scenario("storm")
                        .exec(caller().call(TIMES))
                        .injectOpen(constantUsersPerSec(CALLS).during(LASTS))),
                List.of(),
                Stream.concat(quick(settings.p99(250)), few(settings.errors())));
    }
}
