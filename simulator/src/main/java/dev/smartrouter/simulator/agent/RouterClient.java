package dev.smartrouter.simulator.agent;

import com.fasterxml.jackson.databind.JsonNode;
import dev.smartrouter.simulator.agent.RouterAnswer.Allocated;
import dev.smartrouter.simulator.agent.RouterAnswer.Failed;
import dev.smartrouter.simulator.agent.RouterAnswer.NoPods;
import dev.smartrouter.simulator.agent.RouterAnswer.NotAsked;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The voice agent's client of the router, with the patience of the real one. For an allocation: 503 is an answer,
 * neither retried nor held against the router; any other status than 200 is tried 3 times, 100 and 200 ms apart, and is
 * then one failure; a timeout, a refused connection and a 200 that cannot be read are one failure at once. Five failures
 * in a row open the breaker for 30 s; then three successes close it, and any failure opens it again. Blocks its caller:
 * call it from a virtual thread.
 */
public final class RouterClient implements AutoCloseable {
    private static final int ATTEMPTS = 3; // SMART_ROUTER_RETRY_ATTEMPTS
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final int FAILURES_IN_A_ROW = 5; // SMART_ROUTER_CB_FAILURE_THRESHOLD
    private static final Duration RECOVERY = Duration.ofSeconds(30); // SMART_ROUTER_CB_RECOVERY_TIMEOUT
    private static final int SUCCESSES_TO_CLOSE = 3;

    private final RouterLine line;
    private final CircuitBreaker breaker;
    private final Retry retry = Retry.of(
            "router",
            RetryConfig.custom()
                    .maxAttempts(ATTEMPTS)
                    .intervalFunction(IntervalFunction.ofExponentialBackoff(FIRST_PAUSE, 2))
                    .retryExceptions(WrongStatus.class)
                    .build());

    /**
     * @param apiKey empty if there is none
     * @param clock of the breaker
     */
    public RouterClient(URI router, String apiKey, Clock clock) {
        line = new RouterLine(router, apiKey);
        // All of the last five: in a row.
        breaker = CircuitBreaker.of(
                "router",
                CircuitBreakerConfig.custom()
                        .slidingWindow(
                                FAILURES_IN_A_ROW,
                                FAILURES_IN_A_ROW,
                                CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
                        .failureRateThreshold(100)
                        .waitDurationInOpenState(RECOVERY)
                        .permittedNumberOfCallsInHalfOpenState(SUCCESSES_TO_CLOSE)
                        .ignoreExceptions(Unavailable.class)
                        .clock(clock)
                        .build());
        // By its rate alone a half-open breaker would forgive two failures of three.
        breaker.getEventPublisher().onError(failure -> {
            if (breaker.getState() == State.HALF_OPEN) breaker.transitionToOpenState();
        });
    }

    /** Asks for a pod. May take the time of three attempts. */
    public RouterAnswer allocate(AllocateRequest request) {
        try {
            return breaker.executeCallable(() -> retry.executeCallable(() -> attempt(request)));
        } catch (Unavailable e) {
            return new NoPods();
        } catch (CallNotPermittedException e) {
            return new NotAsked();
        } catch (Exception e) {
            return new Failed(String.valueOf(e.getMessage()));
        }
    }

    /** Whether the breaker would refuse now. Moves on to half-open when its time has come. */
    public boolean breakerOpen() {
        if (!breaker.tryAcquirePermission()) return true;
        breaker.releasePermission();
        return false;
    }

    /**
     * Gives a call's pod back: one attempt, whatever the breaker thinks. 200 and 404 are both success.
     *
     * @return the answer's status; 0 if none came
     */
    public int release(String sid, String reason) {
        try {
            return line.post("/api/v1/release", Map.of("call_sid", sid, "reason", reason))
                    .status();
        } catch (IOException e) {
            return 0;
        }
    }

    /**
     * Asks that a pod get no new calls; the same again does no harm. A pod that the router does not know has none.
     *
     * @return how many calls the router knows on it; empty if the router did not say
     */
    public OptionalInt drain(String pod) {
        try {
            var reply = line.post("/api/v1/drain", Map.of("pod_name", pod));
            if (reply.status() == 404) return OptionalInt.of(0);
            var calls = reply.body().path("active_calls");
            return reply.status() == 200 && calls.isInt() ? OptionalInt.of(calls.intValue()) : OptionalInt.empty();
        } catch (IOException e) {
            return OptionalInt.empty();
        }
    }

    /**
     * Whether the router knows another pod of this name, or none: then there is nothing to drain, but perhaps soon a
     * successor.
     *
     * @param uid empty if it is not known which one this is
     */
    public boolean isReplaced(String pod, String uid) {
        if (uid.isEmpty()) return false;
        try {
            var reply = line.get("/api/v1/pod/" + pod);
            if (reply.status() == 404) return true;
            var incarnation = reply.body().path("incarnation").asText();
            return !incarnation.isEmpty() && !incarnation.startsWith(uid + "/");
        } catch (IOException e) {
            return false;
        }
    }

    private RouterAnswer attempt(AllocateRequest request) throws IOException {
        var reply = line.post("/api/v1/allocate", request);
        return switch (reply.status()) {
            case 200 -> allocated(reply.body());
            case 503 -> throw new Unavailable();
            default -> throw new WrongStatus(reply.status());
        };
    }

    private static Allocated allocated(JsonNode body) throws IOException {
        var allocation = body.path("allocation").isObject() ? body.path("allocation") : body;
        var pod = allocation.path("pod_name").asText();
        var socket = allocation.path("ws_url").asText();
        if (pod.isEmpty() || socket.isEmpty()) throw new IOException("200 without pod_name and ws_url");
        try {
            return new Allocated(pod, URI.create(socket));
        } catch (IllegalArgumentException e) {
            throw new IOException("200 with a ws_url that is none: " + socket, e);
        }
    }

    @Override
    public void close() {
        line.close();
    }

    /** 503. */
    private static final class Unavailable extends IOException {
        Unavailable() {
            super("503");
        }
    }

    /** Neither 200 nor 503. */
    private static final class WrongStatus extends IOException {
        WrongStatus(int status) {
            super("status " + status);
        }
    }
}
