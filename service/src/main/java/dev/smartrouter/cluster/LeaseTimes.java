package dev.smartrouter.cluster;

import java.time.Duration;

/**
 * How leadership is timed.
 *
 * @param lease after which a silent leader is replaced; a whole number of seconds for others to read, else rounded up
 * @param renewDeadline after which a leader that could not renew stops by itself; shorter than the lease
 * @param retry from the end of one try to the start of the next; shorter than the renew deadline
 */
public record LeaseTimes(Duration lease, Duration renewDeadline, Duration retry) {
    public LeaseTimes {
        if (retry.isNegative() || retry.isZero()) throw new IllegalArgumentException("retry must be > 0: " + retry);
        if (retry.compareTo(renewDeadline) >= 0 || renewDeadline.compareTo(lease) >= 0) {
            throw new IllegalArgumentException(
                    "retry < renew deadline < lease must hold, not " + retry + ", " + renewDeadline + ", " + lease);
        }
    }

    /**
     * The timeout for a request about the Lease: so short that a second one still has time before the deadline, although
     * fabric8 lets a request take up to twice its timeout.
     */
    public Duration request() {
        return renewDeadline.dividedBy(4);
    }

    int leaseSeconds() {
        return Math.toIntExact(lease.plusMillis(999).toSeconds());
    }
}
