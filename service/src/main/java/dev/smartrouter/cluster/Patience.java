package dev.smartrouter.cluster;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How long a candidate has seen another's Lease unchanged. The times in a Lease are by its holder's clock, which may be
 * wrong by any amount: they are compared with each other, for change, never with a clock.
 */
final class Patience {
    private final Duration unsaid;
    private @Nullable LeaseSpec last;
    private long since;

    /** @param unsaid how long a Lease lasts that does not say */
    Patience(Duration unsaid) {
        this.unsaid = unsaid;
    }

    /**
     * True if nobody holds the Lease any more.
     *
     * @param now monotonic time in ns, read after the Lease was
     */
    boolean isOver(Lease seen, long now) {
        if (LeaderLease.holder(seen).isEmpty()) return true;
        var spec = seen.getSpec();
        if (!Objects.equals(spec, last)) {
            last = spec;
            since = now;
        }
        return now - since >= lasting(spec).toNanos();
    }

    private Duration lasting(LeaseSpec spec) {
        return Optional.ofNullable(spec.getLeaseDurationSeconds())
                .map(Duration::ofSeconds)
                .orElse(unsaid);
    }
}
