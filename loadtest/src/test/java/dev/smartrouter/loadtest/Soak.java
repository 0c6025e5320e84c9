package dev.smartrouter.loadtest;

import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Does anything leak?
 *
 * <p>CALLS a second, evenly, for MINUTES, which may be hours. No request fails, no pod is lost, and the routers' heap and
 * threads are as they were: what is left on the heap after a collection, at the end as after the first third.
 */
public final class Soak extends Question {
    private static final double CALLS = settings.calls(50);
    private static final Duration LASTS = wholeSeconds(settings.lasts(Duration.ofMinutes(10)));

    private final Vitals vitals = new Vitals(LASTS);

    public Soak() {
        super(CALLS);
        ask(
                List.of(
                        calls("calls", constantUsersPerSec(CALLS).during(LASTS)),
                        scenario("vitals")
                                .exec(vitals.read())
                                .injectOpen(constantUsersPerSec(vitals.readsPerSecond())
                                        .during(LASTS))),
                List.of(
                        new Verdict("the heap is flat", vitals::heapIsFlat),
                        new Verdict("the threads are as many", vitals::threadsAreFlat)),
                Stream.concat(quick(settings.p99(250)), few(settings.errors())));
    }
}
