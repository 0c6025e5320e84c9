package dev.smartrouter.pod;

import java.time.Instant;

/**
 * One life of a pod: it ends when the pod is recreated or its agent's container restarts, and its calls with it.
 *
 * @param id {@code {uid}/{restart count}}, or {@code legacy} for a pod that no cluster has told us of
 * @param number orders the lives of pods of one name: creation time in s x 1000 + restarts (at most 999), so that any
 *     leader computes the same
 */
public record Incarnation(String id, long number) {
    /** The life of a pod that was adopted from the documented keys alone. */
    public static final Incarnation LEGACY = new Incarnation("legacy", 0);

    private static final int MOST_RESTARTS = 999;

    /** @throws IllegalArgumentException if the id is empty or the number negative */
    public Incarnation {
        if (id.isEmpty()) throw new IllegalArgumentException("an incarnation needs an id");
        if (number < 0) throw new IllegalArgumentException("an incarnation's number must be >= 0, not " + number);
    }

    public static Incarnation of(String uid, Instant created, int restarts) {
        return new Incarnation(
                uid + "/" + restarts, created.getEpochSecond() * 1000 + Math.min(restarts, MOST_RESTARTS));
    }
}
