package dev.smartrouter.app;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * Takes out of a text for a log what no log should hold: telephone numbers, and what looks like a password or a key.
 * What is not our own words may hold either: an exception's message, or the reason that somebody gives for a release.
 */
final class Redaction {
    private static final String GONE = "***";

    /** In a URL, before the at sign. */
    private static final Pattern PASSWORD = Pattern.compile("(://[^/@\\s:]{0,64}:)[^@\\s]{1,256}@");

    private static final Pattern SECRET = Pattern.compile(
            "(?i)(authorization|api[-_]?key|password|secret|token|signature)(\"?\\s*[:=]\\s*\"?(?:bearer\\s+|basic\\s+)?)"
                    + "[^\\s\"&,;}]{1,512}");

    /** As providers write them: E.164, where the plus may be encoded. */
    private static final Pattern NUMBER = Pattern.compile("(?:\\+|%2[Bb])\\d[\\d ()-]{5,17}\\d");

    /** Or without the plus, which may be any number: only where strangers write. */
    private static final Pattern BARE_NUMBER = Pattern.compile("(?<![\\w.-])\\(?\\d[\\d ()-]{6,16}\\d(?![\\w.-])");

    private static final Set<String> OF_STRANGERS = Set.of("reason", "names", "template", "flow");

    private Redaction() {}

    /** A text of ours, in which others' may be quoted. */
    static String of(String text) {
        var open = text; // no pattern is tried on what lacks the characters it begins or goes on with
        if (open.contains("://")) open = PASSWORD.matcher(open).replaceAll("$1" + GONE + "@");
        if (has(open, ':') || has(open, '=')) open = SECRET.matcher(open).replaceAll("$1$2" + GONE);
        if (has(open, '+') || has(open, '%')) open = NUMBER.matcher(open).replaceAll(GONE);
        return open;
    }

    private static boolean has(String text, char what) {
        return text.indexOf(what) >= 0;
    }

    /** The value of a field. */
    static String of(String field, String value) {
        var open = of(value);
        return OF_STRANGERS.contains(field) ? BARE_NUMBER.matcher(open).replaceAll(GONE) : open;
    }
}
