package dev.smartrouter.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every simulation in its short form, and that it can fail. */
class ShortFormIT {
    private static Target stack;

    @BeforeAll
    static void start() {
        // a machine that is busy with other tests may keep Redis waiting
        stack = Target.start(200, Map.of("REDIS_TIMEOUT", "800ms"));
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void theKneeIsFound() {
        assertHolds("HowManyCalls", 40);
    }

    @Test
    void everybodyIsServedThroughADay() {
        assertHolds("RushHour", 30);
    }

    @Test
    void everybodyMayCallAtOnce() {
        assertHolds("Burst", 50);
    }

    @Test
    void nothingLeaks() {
        assertHolds("Soak", 20);
    }

    @Test
    void repetitionsChangeNothing() {
        assertHolds("DuplicateStorm", 10);
    }

    @Test
    void callersOfASickRedisHearAnApologyAndNoPodIsLost() {
        assertHolds("SickRedis", 15);
    }

    @Test
    void noPodIsLostWhileRoutersAreReplaced() {
        // where two cores also start the next routers, the others may be too slow for some; no pod may be lost
        assertHolds("RollingRouters", Map.of("CALLS", "10", "ERRORS", "25"));
    }

    private static void assertHolds(String simulation, int calls) {
        assertHolds(simulation, Map.of("CALLS", Integer.toString(calls)));
    }

    private static void assertHolds(String simulation, Map<String, String> settings) {
        var run = Run.of(simulation, stack, settings, line -> {});
        assertThat(run.exit()).as(run::lastWords).isEqualTo(Run.HELD);
    }

    @Test
    void aSickRedisFailsARunThatExpectsAHealthyOne() throws Exception {
        suffer("freeze-redis");
        try {
            var run = Run.of("RushHour", stack, Map.of("MINUTES", "0.03", "PATIENCE", "1"), line -> {});
            assertThat(run.exit()).as(run::lastWords).isEqualTo(Run.FAILED);
            assertThat(run.output())
                    .anyMatch(line -> line.startsWith("Global: percentage of failed") && line.contains("false"))
                    .anyMatch(
                            line -> line.startsWith("the pools are whole: count of failed") && line.contains("false"));
        } finally {
            suffer("heal-redis");
            awaitServing();
        }
    }

    @Test
    void aPodThatIsLostFailsARunInWhichEveryCallWasServed() throws Exception {
        var drained = new AtomicBoolean();
        try {
            var run = Run.of("RushHour", stack, Map.of("MINUTES", "0.03", "PATIENCE", "1"), line -> {
                if (line.startsWith("Simulation ") && drained.compareAndSet(false, true)) tell("drain");
            });
            assertThat(run.exit()).as(run::lastWords).isEqualTo(Run.FAILED);
            assertThat(run.output())
                    .anyMatch(line -> line.startsWith("Global: percentage of failed"))
                    .anyMatch(
                            line -> line.startsWith("the pools are whole: count of failed") && line.contains("false"));
            assertThat(run.lastWords()).contains("basic has ");
        } finally {
            tell("undrain");
        }
    }

    /** What a run of another test must not hear: refusals by a router that has only just found its Redis again. */
    private static void awaitServing() throws Exception {
        var until = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        for (var served = 0; served < 20; ) {
            assertThat(System.nanoTime()).as("served again in time").isLessThan(until);
            var call = "{\"call_sid\":\"probe-" + served + "\"}";
            var asked = send(stack.url().resolve("/api/v1/allocate"), call);
            var ended = send(stack.url().resolve("/api/v1/release"), call);
            served = asked == 200 && ended == 200 ? served + 1 : 0;
        }
    }

    private static void suffer(String word) throws Exception {
        post(stack.desk().orElseThrow().resolve("/suffer/" + word), "");
    }

    private static void tell(String what) {
        try {
            post(stack.url().resolve("/api/v1/" + what), "{\"pod_name\":\"voice-agent-30\"}");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void post(URI uri, String body) throws Exception {
        assertThat(send(uri, body)).isEqualTo(200);
    }

    /** On a connection of its own, so at the next router. */
    private static int send(URI uri, String body) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(uri)
                    .POST(BodyPublishers.ofString(body))
                    .build();
            return client.send(request, BodyHandlers.ofString()).statusCode();
        }
    }
}
