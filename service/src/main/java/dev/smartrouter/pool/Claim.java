package dev.smartrouter.pool;

/** What came of asking the pools for a pod. */
public sealed interface Claim {
    /** The call has a pod that was free until now. */
    record Claimed(Allocation allocation) implements Claim {}

    /** A replay: the call had this pod before. */
    record Held(Allocation allocation) implements Claim {}

    /**
     * No pool of the chain has room.
     *
     * @param tried what each pool said, in order, for people to read
     */
    record Full(String tried) implements Claim {}

    /** There may be room, but not for more of these; nothing was written. */
    record Limited(Limit limit) implements Claim {}

    /** What there may be no more of. */
    enum Limit {
        /** Live calls of the merchant. */
        MAX_CALLS,
        /** New calls of the merchant in a second. */
        MAX_CPS,
        /** Calls that were asked for right after their end, and that nobody has confirmed. */
        PROBATION
    }

    /** The store may have lost writes and is not open for new calls yet. */
    record Closed() implements Claim {}

    /** The store got to it after the caller had given up; nothing was written. */
    record Late() implements Claim {}

    /**
     * The merchant's config is not the one that the chain was resolved from; nothing was written.
     *
     * @param text the config as it is now, empty if there is none
     */
    record ConfigChanged(String text) implements Claim {}
}
