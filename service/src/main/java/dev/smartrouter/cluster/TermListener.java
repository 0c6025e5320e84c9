package dev.smartrouter.cluster;

/**
 * Hears when this replica begins and ceases to lead: where loops start and stop. Called in turn, by the thread that also
 * renews the Lease: must not block.
 */
public interface TermListener {
    /** @param token the fencing token of this term's writes */
    void onGained(long token);

    /** Told after the fact: {@link Terms#leads()} is false already. */
    void onLost();
}
