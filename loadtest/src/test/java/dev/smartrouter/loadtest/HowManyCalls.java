package dev.smartrouter.loadtest;

import static io.gatling.javaapi.core.CoreDsl.doIf;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.incrementUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * How many calls a second can these routers take?
 *
 * <p>Calls come at a rate that rises level by level, whether or not the earlier ones were answered, until two levels in a
 * row were too slow or refused calls; nobody calls after that. The last good level is the knee, and it must be KNEE or
 * more. There are up to twenty levels in MINUTES, the last with CALLS a second.
 */
public final class HowManyCalls extends Question {
    private static final double CALLS = settings.calls(2_000);
    private static final Duration LASTS = settings.lasts(Duration.ofMinutes(2));
    private static final int LEVELS = (int) Math.max(1, Math.min(20, LASTS.toSeconds()));
    private static final Duration EACH = wholeSeconds(LASTS.dividedBy(LEVELS));
    private static final double STEP = CALLS / LEVELS;

    private final Levels levels = new Levels(EACH, settings.p99(250), System::nanoTime);

    public HowManyCalls() {
        super(CALLS);
        ask(
                List.of(scenario("calls")
                        .exec(doIf(session -> levels.goOn()).then(exec(levels.measured(caller()))))
                        .injectOpen(incrementUsersPerSec(STEP)
                                .times(LEVELS)
                                .eachLevelLasting(EACH)
                                .startingFrom(STEP))),
                List.of(new Verdict("the knee is high enough", () -> isHighEnough(settings.knee(STEP)))),
                Stream.empty());
    }

    private boolean isHighEnough(double wanted) {
        var knee = levels.knee() * STEP;
        System.out.println(levels.table(STEP));
        System.out.printf("The knee is at %.0f calls a second%s.%n", knee, levels.goOn() ? " or more" : "");
        return knee >= wanted;
    }
}
