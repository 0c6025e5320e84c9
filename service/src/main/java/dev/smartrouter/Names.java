package dev.smartrouter;

import java.util.regex.Pattern;

/** The one check behind every name: a pattern, and an error that names the thing, the value and the remedy. */
final class Names {
    private static final int SHOWN = 60;

    private Names() {}

    static String checked(String what, String value, Pattern pattern, String remedy) {
        if (!pattern.matcher(value).matches()) {
            throw new IllegalArgumentException(what + " must be " + remedy + ", not " + shown(value));
        }
        return value;
    }

    /** The value in quotes, cut short, without control characters: fit for a log line or an error. */
    private static String shown(String value) {
        var cut = value.length() > SHOWN ? value.substring(0, SHOWN) + "…" : value;
        return "'" + cut.replaceAll("\\p{Cntrl}", "?") + "'";
    }
}
