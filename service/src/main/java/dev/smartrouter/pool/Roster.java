package dev.smartrouter.pool;

import dev.smartrouter.PodName;
import dev.smartrouter.PoolName;
import dev.smartrouter.pod.Incarnation;
import dev.smartrouter.tier.Mode;
import java.util.OptionalLong;

/**
 * Which pods there are and where they belong: what the leader writes. Every write carries its fencing token; an empty
 * one means that no leader is elected and nothing is fenced. Each method is one atomic step (retype: one and its
 * slices), safe to repeat, and throws {@link StoreUnavailableException} when the store does not answer in time.
 */
public interface Roster {
    /** Draws a fencing token larger than every one before and than the largest this replica has seen. */
    long lead(long seen);

    /** Takes note of a pod: joins its pool if new, ends the calls of an earlier life, keeps everything else. */
    Written register(OptionalLong token, PodReport report);

    /** Forgets a pod that is gone; its calls end. */
    Written remove(OptionalLong token, PodName pod, Incarnation incarnation);

    /** Moves an idle pod; with force also a busy one, whose pool is no longer configured. */
    Written move(OptionalLong token, PodName pod, PoolName from, PoolName to, boolean force);

    /** Sets whether a pool's pods carry one call or several. */
    Written retype(OptionalLong token, PoolName pool, Mode mode);
}
