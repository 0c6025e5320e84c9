package dev.smartrouter;

import java.util.regex.Pattern;

/** A call, by the id its provider gave it; also the idempotency key of everything done for that call. */
public record CallSid(String value) {
    private static final Pattern PATTERN = Pattern.compile("[A-Za-z0-9._-]{1,128}");

    /** @throws IllegalArgumentException if the value is no such name */
    public CallSid {
        Names.checked("call_sid", value, PATTERN, "1 to 128 of A-Z a-z 0-9 . _ -");
        if (value.equals(".") || value.equals("..")) {
            throw new IllegalArgumentException("call_sid must be one that a URL's path can hold, not '" + value + "'");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
