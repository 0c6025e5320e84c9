package dev.smartrouter.pool;

import dev.smartrouter.CallSid;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The gate: closed while the store may have lost writes, opened when the routers have replayed the live calls they
 * remember. Throws {@link StoreUnavailableException} as {@link Pools} does.
 */
public interface Recovery {
    /** Says that this router lives, and hears what there is to know. */
    Beat beat(String router);

    /** Starts or joins a round; empty if the gate is open. */
    Optional<Round> begin();

    /** Brings back a call that a mirror holds. */
    Restored restore(MirroredCall call, boolean readyIfUnknown);

    /** Ends a call that had ended by this moment; a later call of the same sid stays. Whether there was one to end. */
    boolean end(CallSid call, Instant endedAt);

    /**
     * Says that this router has replayed all it knows; false if the round is over.
     *
     * @param remembers whether it knew all live calls of the time before the loss
     */
    boolean ack(Round round, String router, boolean remembers);

    /** Opens the gate; false if the round is over, or a newer leader has written. */
    boolean open(OptionalLong token, String gen, Round round);

    /** Adopts the calls that the original router left; how many. */
    int adoptCalls();

    /** Ids of live calls by deadline, from this deadline on; at least {@code limit}, unless there are no more. */
    Page expiring(Instant from, int limit);

    /** The calls of these that are live, as a mirror keeps them. At most 100. */
    List<MirroredCall> fetch(List<CallSid> calls);

    /**
     * @param gen names what the store was opened as; empty while the gate is closed
     * @param routers ids of those that beat within 30 s
     */
    record Beat(Instant now, Optional<String> gen, Set<String> routers) {}

    /**
     * @param acked ids of the routers that have replayed
     * @param remembered whether one of them knew all live calls of the time before the loss
     */
    record Round(String id, Cause cause, Set<String> acked, boolean remembered) {}

    /** Why the gate was closed. */
    enum Cause {
        /** State of the original, or pools set by hand, that no router of ours has opened yet. */
        UPGRADE,
        /** No state at all: a first start, or a flush. */
        EMPTY,
        /** Another Redis process than before, which may have lost its last writes. */
        RESTART
    }

    /** What came of bringing a call back. */
    enum Restored {
        RESTORED,
        PRESENT,
        ENDED,
        STALE
    }

    /** @param gen as in {@link Beat} */
    record Page(Optional<String> gen, List<Entry> entries) {}

    record Entry(CallSid call, Instant deadline) {}
}
