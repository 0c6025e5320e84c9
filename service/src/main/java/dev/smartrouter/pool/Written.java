package dev.smartrouter.pool;

/**
 * What came of a leader's write.
 *
 * @param ended calls that ended with it
 */
public record Written(Verdict verdict, int ended) {
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
        return new Written(verdict, 0);
    }
}
