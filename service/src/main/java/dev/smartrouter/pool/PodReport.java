package dev.smartrouter.pool;

import dev.smartrouter.PodName;
import dev.smartrouter.PoolName;
import dev.smartrouter.pod.Incarnation;
import java.time.Instant;
import java.util.Optional;

/**
 * What the cluster says of a pod.
 *
 * @param started when its agent's container started
 * @param terminating true as soon as it has a deletion timestamp
 * @param poolIfNew the pool it joins if it is seen for the first time
 * @param heldUntil end of a quarantine to set; empty leaves the one it has
 * @param listed true if this comes from a LIST, which outranks an event
 * @param metadata JSON, kept for people to read
 */
public record PodReport(
        PodName pod,
        Incarnation incarnation,
        Instant started,
        boolean ready,
        boolean terminating,
        PoolName poolIfNew,
        Optional<Instant> heldUntil,
        boolean listed,
        String metadata) {}
