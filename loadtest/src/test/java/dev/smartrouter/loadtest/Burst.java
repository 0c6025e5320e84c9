package dev.smartrouter.loadtest;

import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.nothingFor;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * What if nobody calls, and then everybody at once?
 *
 * <p>CALLS webhooks in the same moment, 500 if unset, as when a campaign starts. Each gets its pod within BURST_P99, and
 * whoever calls a second after that notices nothing of it.
 */
public final class Burst extends Question {
    private static final String LATER = "a second later";
    private static final int CALLS = (int) settings.calls(500);
    private static final int SERVED_WITHIN = settings.burstP99(2_500);
    private static final Duration LASTS = wholeSeconds(settings.lasts(Duration.ofSeconds(20)));

    public Burst() {
        super(CALLS);
        ask(
                List.of(
                        calls("everybody", atOnceUsers(CALLS)),
                        grouped(
                                LATER,
                                caller().call(),
                                nothingFor(Duration.ofMillis(SERVED_WITHIN).plusSeconds(1)),
                                constantUsersPerSec(10).during(LASTS))),
                List.of(),
                Stream.of(quick(SERVED_WITHIN), quick(settings.p99(250), LATER), few(settings.errors()))
                        .flatMap(each -> each));
    }
}
