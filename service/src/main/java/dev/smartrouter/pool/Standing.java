package dev.smartrouter.pool;

import java.time.Instant;
import java.util.Optional;

/**
 * How this replica stands, for people to read.
 *
 * @param leads whether it does the leader's work
 * @param leader who leads, as far as it knows; empty if nobody does, or nobody is elected
 * @param since when it began to lead; empty while it does not
 * @param gateOpen whether the store serves calls, as last heard
 * @param reconciled how its last comparison of the pools with the cluster went; empty before its first
 */
public record Standing(
        boolean leads,
        Optional<String> leader,
        Optional<Instant> since,
        boolean gateOpen,
        Optional<ReconcileLoop.Outcome> reconciled) {

    /** Where nobody is elected. */
    public static Standing unelected(boolean gateOpen) {
        return new Standing(true, Optional.empty(), Optional.empty(), gateOpen, Optional.empty());
    }
}
