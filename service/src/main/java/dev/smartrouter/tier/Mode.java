package dev.smartrouter.tier;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Whether a pod carries one call or several. Its text, in the configuration and in the store, is lower case. */
public enum Mode {
    EXCLUSIVE,
    SHARED;

    /** The mode of that very text, {@code exclusive} or {@code shared}; empty for any other. */
    public static Optional<Mode> find(String text) {
        return Arrays.stream(values()).filter(mode -> mode.text().equals(text)).findFirst();
    }

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return text();
    }
}
