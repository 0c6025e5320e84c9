package dev.smartrouter.pool;

import dev.smartrouter.pool.Recovery.Cause;
import dev.smartrouter.pool.Recovery.Round;
import java.time.Instant;

/** What the store should hold besides calls: config, modes, pods. */
public interface Refill {
    /** Remembers it as it is now; the store is known to be open. */
    void remember();

    /** Reads which pools the store itself knows: whose state it holds, and so what a round recovers from, is told by them. */
    void learn();

    /** Puts it back into a store that has closed; all of it is safe to repeat. Only who leads is asked to. */
    void refill(Cause cause);

    /**
     * The last step before the gate opens: sees to pods that nobody can vouch for.
     *
     * @param closedSince when this router first heard that the store is closed, on the store's clock
     * @param now on the store's clock
     */
    void vouch(Round round, Instant closedSince, Instant now);

    /** The gate is open. */
    void opened(String gen);
}
