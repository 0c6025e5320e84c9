package dev.smartrouter.http;

import java.util.regex.Pattern;

/** Texts from outside that are kept for people to read: short, and without what could forge a log line. */
public final class Labels {
    /** The longest label, in characters. */
    public static final int MOST_CHARS = 128;

    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]");

    private Labels() {}

    public static boolean isLabel(String text) {
        return text.length() <= MOST_CHARS && !UNPRINTABLE.matcher(text).find();
    }

    /** The text if it is a label, else "". */
    public static String orEmpty(String text) {
        return isLabel(text) ? text : "";
    }

    /** The text made a label, whatever it is. */
    public static String remark(String text) {
        var cut = text.length() > MOST_CHARS ? text.substring(0, MOST_CHARS - 1) + "…" : text;
        return UNPRINTABLE.matcher(cut).replaceAll("?");
    }
}
