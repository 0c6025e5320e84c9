package dev.smartrouter.loadtest;

import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.nothingFor;
import static io.gatling.javaapi.core.CoreDsl.rampUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Does anything leak?
 *
 * <p>CALLS a second, evenly, for MINUTES, which may be hours, after they have risen to that in a tenth of the time, a
 * minute at most: what comes up from one second to the next is {@link Burst}. No request fails, no pod is lost, and the
 * routers' heap and threads are as they were: what is left on the heap after a collection, at the end as after the first
 * third.
 */
public final class Soak extends Question {
    private static final double CALLS = settings.calls(50);
    private static final Duration LASTS = wholeSeconds(settings.lasts(Duration.ofMinutes(10)));
    private static final Duration RISES = Duration.ofSeconds(Math.clamp(LASTS.toSeconds() / 10, 1, 60));

    private final Vitals vitals = new Vitals(LASTS);

    public Soak() {
        super(CALLS);
        ask(
                List.of(
                        calls(
                                "calls",
                                rampUsersPerSec(0).to(CALLS).during(RISES),
                                constantUsersPerSec(CALLS).during(LASTS)),
                        scenario("vitals")
                                .exec(vitals.read())
                                .injectOpen(
                                        nothingFor(RISES),
                                        constantUsersPerSec(vitals.readsPerSecond())
                                                .during(LASTS))),
                List.of(
                        new Verdict("the heap is flat", vitals::heapIsFlat),
                        new Verdict("the threads are as many", vitals::threadsAreFlat)),
                Stream.concat(quick(settings.p99(250)), few(settings.errors())));
    }
}
