package dev.smartrouter.app;

import java.util.Map;
import java.util.function.Function;

/**
 * One environment variable and what may be in it.
 *
 * @param standard its text when it is unset or empty; an empty one stands for "none", or for a required value
 * @param secret its text is never shown
 * @param reader makes a value of its text, or throws an IllegalArgumentException that says what would be right
 */
record Variable<T>(String name, String standard, boolean secret, Function<String, T> reader) {
    private static final int SHOWN = 200;

    Variable(String name, String standard, Function<String, T> reader) {
        this(name, standard, false, reader);
    }

    /**
     * @param values texts by the names of their variables; surrounding white space does not count
     * @throws InvalidSettingException if the text is not one of this variable
     */
    T in(Map<String, String> values) {
        var text = values.getOrDefault(name, "").strip();
        try {
            return reader.apply(text.isEmpty() ? standard : text);
        } catch (InvalidSettingException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw refusal(text, String.valueOf(e.getMessage()));
        }
    }

    /** @param remedy what would be right, such as "a port from 0 to 65535" */
    InvalidSettingException refusal(Object value, String remedy) {
        var shown = secret ? "" : shown(value.toString());
        return new InvalidSettingException(
                shown.isEmpty() ? name + " must be " + remedy : name + " must be " + remedy + ", not '" + shown + "'");
    }

    /** The value fit for one line that anybody may read: no password, no control characters, not endless. */
    static String shown(String value) {
        var open = withoutPassword(value);
        var cut = open.length() > SHOWN ? open.substring(0, SHOWN) + "…" : open;
        return oneLine(cut);
    }

    /** The text without what could start a new line or colour a terminal. */
    static String oneLine(String text) {
        return text.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "?");
    }

    /** A password may hold an at sign that should have been escaped: whatever is before the last one goes. */
    private static String withoutPassword(String url) {
        return url.replaceAll("(?s)^([A-Za-z+-]{1,20}:/{0,3})?.*@", "$1***@")
                .replaceAll("(?s)^([A-Za-z+-]{1,20}:/{0,3}):[^@/]*", "$1***"); // and one without its at sign
    }
}
