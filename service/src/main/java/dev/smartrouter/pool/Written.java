package dev.smartrouter.pool;

import dev.smartrouter.PoolName;
import java.util.Optional;

/**
 * What came of a leader's write.
 *
 * @param ended calls that ended with it
 * @param pool the pool that a registered pod belongs to; empty for other writes, and for one that was not done
 */
public record Written(Verdict verdict, int ended, Optional<PoolName> pool) {
    /** How the store took it. */
    public enum Verdict {
        /** Done, or so already. */
        DONE,
        /** Done, and the pod was not known before. */
        NEW,
        /** Done, and the pod has begun a new life. */
        REINCARNATED,
        /** Not done: the store knows something newer. */
        STALE,
        /** Not done: a pod has calls that stand against it; try later. */
        BUSY,
        /** Not done: there is no such pod. */
        NOT_FOUND,
        /** Not done: a newer leader has written. */
        FENCED
    }

    static Written of(Verdict verdict) {
        return new Written(verdict, 0, Optional.empty());
    }
}
