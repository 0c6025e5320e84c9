package dev.smartrouter.loadtest;

import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.nothingFor;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Does any caller notice that the routers are replaced?
 *
 * <p>CALLS a second for MINUTES, and after a fifth of it every router is replaced, one after the other, as a Deployment
 * does it. Nobody hears an apology, and no webhook or release fails.
 *
 * <p>It needs a stack whose routers it may replace: its own, or one whose DESK is named. Of others, see {@link Soak},
 * and roll them meanwhile.
 */
public final class RollingRouters extends Question {
    private static final double CALLS = settings.calls(20);
    private static final Duration LASTS = wholeSeconds(settings.lasts(Duration.ofMinutes(1)));

    public RollingRouters() {
        super(CALLS);
        ask(
                List.of(
                        calls("calls", constantUsersPerSec(CALLS).during(LASTS)),
                        Desk.of(target())
                                .does("roll-routers")
                                .injectOpen(nothingFor(LASTS.dividedBy(5)), atOnceUsers(1))),
                List.of(),
                Stream.concat(quick(settings.p99(250)), few(settings.errors())));
    }
}
