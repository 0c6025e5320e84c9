package dev.smartrouter.call;

import dev.smartrouter.CallSid;
import dev.smartrouter.pool.Pools;
import dev.smartrouter.pool.Release;
import dev.smartrouter.pool.StoreUnavailableException;

/** Gives pods back when calls end. Three or four places say so of the same call; only the first does anything. */
public final class Releaser {
    private final Pools pools;
    private final CallEvents events;

    public Releaser(Pools pools, CallEvents events) {
        this.pools = pools;
        this.events = events;
    }

    /** @param reason for the log: up to 128 printable characters, "" if not said */
    public ReleaseResult release(CallSid call, String reason) {
        Release release;
        try {
            release = pools.release(call);
        } catch (StoreUnavailableException e) {
            events.releaseLost(call, reason);
            return new ReleaseResult.Unavailable();
        }
        return switch (release) {
            case Release.Released released -> {
                events.released(call, released, reason);
                yield new ReleaseResult.Released(released.pod(), released.to(), released.wasDraining());
            }
            case Release.NotFound nothing -> {
                events.releasedNothing(call, reason);
                yield new ReleaseResult.NotFound();
            }
        };
    }

    /**
     * Renews the deadline of a call that its provider says is live; false if there is no such call or the store does
     * not answer, which harms nothing: the next sign of life renews it, or a release needs no deadline.
     */
    public boolean confirm(CallSid call) {
        try {
            if (!pools.confirm(call)) return false;
        } catch (StoreUnavailableException e) {
            return false;
        }
        events.confirmed(call);
        return true;
    }
}
