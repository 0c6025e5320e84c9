package dev.smartrouter.pool;

import dev.smartrouter.CallSid;
import dev.smartrouter.PodName;
import dev.smartrouter.PoolName;
import java.time.Instant;

/**
 * A call's hold on a pod.
 *
 * @param incarnation id of the pod's life that the call is on
 * @param source the pool it was claimed from; the pod may have moved since
 * @param merchant the merchant's id, empty if none was named
 * @param tried what each pool of the chain said, in order, for people to read; empty for a call of the original's
 * @param wsUrl where the provider streams to; empty for a call of the original's
 * @param restored true if the store lost the call and a router's memory brought it back
 */
public record Allocation(
        CallSid call,
        PodName pod,
        String incarnation,
        PoolName source,
        String merchant,
        Instant allocatedAt,
        Origin origin,
        String tried,
        String wsUrl,
        boolean restored) {}
