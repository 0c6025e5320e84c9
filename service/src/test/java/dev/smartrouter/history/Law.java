package dev.smartrouter.history;

/** What no history may break. */
public enum Law {
    /** One call, one pod, until it is released, and that happens once. */
    ONE_POD_A_CALL,
    /** One exclusive pod, one call. */
    ONE_CALL_A_POD,
    /** All answers together are those of a single router that does one thing at a time. */
    LINEARIZABLE
}
