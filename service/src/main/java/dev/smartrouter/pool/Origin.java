package dev.smartrouter.pool;

/**
 * Where a call comes from, kept for people to read.
 *
 * @param provider such as {@code twilio}; empty if not said
 * @param flow the agent's flow, such as {@code v2}; empty if not said
 * @param template the agent's template; empty if not said
 */
public record Origin(String provider, String flow, String template) {
    public static final Origin UNKNOWN = new Origin("", "", "");
}
