package dev.smartrouter.cluster;

import dev.smartrouter.pool.Leadership;
import java.time.Instant;
import java.util.Optional;

/** Leadership as it comes and goes, a term at a time, and what there is to tell of it. */
public interface Terms extends Leadership {
    /** Tells of terms from now on; to be called before the first can begin. */
    void listen(TermListener listener);

    /** Since when this replica leads, by its own clock; empty while it does not. */
    Optional<Instant> since();

    /** Who leads, as far as this replica knows; empty if nobody does. */
    Optional<String> leader();

    /** How many terms this replica has begun. */
    long count();

    /**
     * A write with this token was refused: the term is over at once, and the next begins with a larger token if this
     * replica is still the one to lead. Another candidate that drew a token and then found that it had lost the Lease
     * leaves the rightful leader with the smaller one. Never blocks; a token of an earlier term changes nothing.
     */
    @Override
    void fenced(long token);
}
