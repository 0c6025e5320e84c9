package dev.smartrouter.loadtest;

import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.javaapi.core.ScenarioBuilder;
import java.net.URI;
import java.time.Duration;

/** Where a stack is told what to suffer. */
record Desk(URI uri) {
    /** A rolling restart waits for every router to start and to stop. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** @throws IllegalStateException if it has none */
    static Desk of(Target target) {
        return new Desk(target.desk()
                .orElseThrow(() -> new IllegalStateException(
                        "routers that are somebody else's are not made to suffer: leave URL unset, or name the DESK of"
                                + " their stack")));
    }

    /** Somebody who tells it this word, and waits until it is done. */
    ScenarioBuilder does(String word) {
        return scenario(word)
                .exec(http(word)
                        .post(uri.resolve("/suffer/" + word).toString())
                        .requestTimeout(PATIENCE)
                        .check(status().is(200)));
    }
}
