package dev.smartrouter.simulator.cluster;

import java.time.Duration;
import java.time.Instant;

/**
 * How long a container that crashes again and again waits before it is started: not at all at first, then twice as long
 * each time, up to 30 times the base. Who has run for 60 times the base begins anew. A kubelet's base is 10 s, so 5 and
 * 10 minutes. Source: https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#restart-policy
 */
final class BackOff {
    private static final int MOST = 30;
    private static final int FORGIVEN = 60;

    private final Duration base;
    private int crashes;

    BackOff(Duration base) {
        this.base = base;
    }

    /** It ran from then until now. @return the wait before it is started again */
    Duration crashed(Instant started, Instant now) {
        if (Duration.between(started, now).compareTo(base.multipliedBy(FORGIVEN)) >= 0) crashes = 0;
        crashes++;
        if (crashes == 1) return Duration.ZERO;
        return base.multipliedBy(crashes > 6 ? MOST : Math.min(MOST, 1 << (crashes - 2)));
    }
}
