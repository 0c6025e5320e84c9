package dev.smartrouter.pod;

import dev.smartrouter.CallSid;
import dev.smartrouter.PodName;
import dev.smartrouter.PoolName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A pod as the store knows it, at one moment.
 *
 * @param drainingFor what is left of its drain, empty if it is not draining by an operator's word
 * @param heldUntil end of its quarantine; the epoch or a past time if there is none
 * @param lease the call that operators see on it
 * @param metadata what the cluster said of it, as JSON; empty if nothing
 */
public record Pod(
        PodName name,
        PoolName pool,
        PodState state,
        Incarnation incarnation,
        boolean ready,
        boolean terminating,
        Instant heldUntil,
        Optional<Duration> drainingFor,
        Optional<CallSid> lease,
        List<CallSid> calls,
        String metadata) {
    public Pod {
        calls = List.copyOf(calls);
    }

    /** True if it takes no new call but will finish those it has. */
    public boolean draining() {
        return terminating || drainingFor.isPresent();
    }
}
