package dev.smartrouter.dashboard;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.smartrouter.pool.Upkeep.Seen;
import java.util.Locale;

/** The one word for a pod: what keeps it from taking calls for longest, else whether it has one. */
enum Condition {
    TERMINATING,
    DRAINING,
    QUARANTINED,
    NOT_READY,
    IN_CALLS,
    AVAILABLE;

    static Condition of(Seen pod) {
        if (pod.terminating()) return TERMINATING;
        if (pod.draining()) return DRAINING;
        if (pod.held()) return QUARANTINED;
        if (!pod.ready()) return NOT_READY;
        return pod.calls() > 0 ? IN_CALLS : AVAILABLE;
    }

    @JsonValue
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
