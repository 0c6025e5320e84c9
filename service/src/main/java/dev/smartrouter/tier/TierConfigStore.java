package dev.smartrouter.tier;

import java.util.Optional;

/** Where the tier config is kept as an operator wrote it. Both throw an unchecked exception if it cannot be reached. */
public interface TierConfigStore {
    /** The text as it is now; empty if there is none. */
    Optional<String> read();

    /** Writes the text unless there is one already; true if it was written. */
    boolean seed(String text);
}
