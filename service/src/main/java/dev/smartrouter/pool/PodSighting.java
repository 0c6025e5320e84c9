package dev.smartrouter.pool;

import dev.smartrouter.PodName;
import dev.smartrouter.pod.Incarnation;
import java.time.Instant;

/**
 * A pod as the cluster shows it at one moment.
 *
 * @param started when its agent's container started this time; its creation if it has not yet
 * @param ready true if the cluster would send it traffic
 * @param terminating true as soon as it has a deletion timestamp
 * @param gone true if it will never serve again although it is still listed (Failed or Succeeded)
 * @param ip its address; empty while it has none
 * @param metadata uid, ip, node and creation time as JSON, kept for people to read
 */
public record PodSighting(
        PodName pod,
        Incarnation incarnation,
        Instant started,
        boolean ready,
        boolean terminating,
        boolean gone,
        String ip,
        String metadata) {}
