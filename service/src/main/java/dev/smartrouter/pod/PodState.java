package dev.smartrouter.pod;

import java.util.Locale;

/** What a pod is doing, as the store's {@code status} field says it. */
public enum PodState {
    /** Ready and without a call. */
    AVAILABLE,
    /** Has at least one call; a shared pod may still take more. */
    ALLOCATED,
    /** Takes no new call, by an operator's word or because it terminates; the calls it has go on. */
    DRAINING,
    /** Not ready, or in quarantine after a loss of state. */
    UNAVAILABLE;

    /** @throws IllegalArgumentException if the text is no state */
    public static PodState of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
