package dev.smartrouter.simulator.agent;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How an agent behaves in one call.
 *
 * @param hangsUpAfter of talking, counted from the provider's {@code start}; empty if the callee hangs up
 * @param releases by which ways it gives the pod back, and how long after each way has its reason; for
 *     {@link ReleasePath#NEVER_CONNECTED} that is after the fleet's patience with sockets is over
 */
public record CallHabits(Optional<Duration> hangsUpAfter, Map<ReleasePath, Duration> releases) {
    /** Never hangs up; releases by all four ways, two at once and a third 50 ms later. */
    public static final CallHabits USUAL = new CallHabits(
            Optional.empty(),
            Map.of(
                    ReleasePath.SOCKET_CLOSED, Duration.ZERO,
                    ReleasePath.CALL_COMPLETED, Duration.ZERO,
                    ReleasePath.STATUS_CALLBACK, Duration.ofMillis(50),
                    ReleasePath.NEVER_CONNECTED, Duration.ZERO));

    public CallHabits {
        releases = Map.copyOf(releases);
    }

    public CallHabits hangingUpAfter(Duration talk) {
        return new CallHabits(Optional.of(talk), releases);
    }

    public CallHabits releasing(Map<ReleasePath, Duration> ways) {
        return new CallHabits(hangsUpAfter, ways);
    }

    /** Empty if it does not use that way. */
    Optional<Duration> delay(ReleasePath way) {
        return Optional.ofNullable(releases.get(way));
    }
}
