package dev.smartrouter.simulator.provider;

import java.util.Locale;

/** Whose phone call it is. */
public enum Telephony {
    TWILIO,
    PLIVO,
    EXOTEL;

    /** As in URLs, files and reports: {@code twilio}. */
    public String lower() {
        return name().toLowerCase(Locale.ROOT);
    }
}
