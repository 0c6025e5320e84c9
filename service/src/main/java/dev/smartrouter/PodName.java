package dev.smartrouter;

import java.util.Set;
import java.util.regex.Pattern;

/** A voice-agent pod, by the name Kubernetes gave it: a DNS-1123 label that is not one of our own key words. */
public record PodName(String value) {
    private static final Pattern PATTERN = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Set<String> RESERVED = Set.of("metadata", "tier", "draining", "calls");

    /** @throws IllegalArgumentException if the value is no such name */
    public PodName {
        Names.checked("pod_name", value, PATTERN, "a DNS-1123 label (1 to 63 of a-z 0-9 -)");
        if (RESERVED.contains(value)) {
            throw new IllegalArgumentException(
                    "pod_name must not be a reserved word " + RESERVED + ", not '" + value + "'");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
