package dev.smartrouter.auth;

/** Hears of callers who were turned away from the API. Called from request threads. */
@FunctionalInterface
public interface Refusals {
    void refused(Reason reason);

    /** Why. */
    enum Reason {
        /** No key came, though keys are asked for. */
        NO_KEY,
        /** The key is none of ours. */
        WRONG_KEY,
        /** The key's role may not do this. */
        ROLE,
        /** No keys are set, and the caller is not from near by. */
        OUTSIDE
    }
}
