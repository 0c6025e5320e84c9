package dev.smartrouter;

import java.util.regex.Pattern;

/** A class of service, or a merchant's own pool, by name. */
public record TierName(String value) {
    private static final Pattern PATTERN = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    /** @throws IllegalArgumentException if the value is no such name */
    public TierName {
        Names.checked("tier name", value, PATTERN, "1 to 64 of A-Z a-z 0-9 _ -");
    }

    @Override
    public String toString() {
        return value;
    }
}
