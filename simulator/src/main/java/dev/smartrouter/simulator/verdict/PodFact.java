package dev.smartrouter.simulator.verdict;

import java.util.Locale;

/**
 * Something that became of a pod.
 *
 * @param at nanoseconds on the ledger's ticker
 * @param uid of the pod; empty for what was done to whatever bears the name
 */
record PodFact(long at, String pod, String uid, Kind kind) {
    /** For a timeline that people read. */
    String words() {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ') + (uid.isEmpty() ? "" : " (" + uid + ")");
    }

    enum Kind {
        BORN,
        READY,
        NOT_READY,
        TERMINATING,
        CRASHED,
        GONE,
        /** It stops answering anybody, because somebody wished so; until AWAKE. */
        HUNG,
        AWAKE,
        DRAINED,
        UNDRAINED
    }
}
