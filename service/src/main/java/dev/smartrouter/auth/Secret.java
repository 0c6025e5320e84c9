package dev.smartrouter.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** A text that proves who sends it. It is never shown, and comparing takes as long whatever is guessed. */
public record Secret(String text) {
    private static final Pattern FIT = Pattern.compile("[\\x21-\\x7e&&[^,:]]{1,512}");

    /** @throws IllegalArgumentException if it is none; the message does not hold it */
    public Secret {
        if (!FIT.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "secrets of 1 to 512 printable ASCII characters, no blank, comma or colon");
        }
    }

    /**
     * Of a comma list, blanks around each of no account; empty if the text is.
     *
     * @throws IllegalArgumentException if one is none
     */
    public static List<Secret> listOf(String text) {
        return entries(text).stream().map(Secret::new).toList();
    }

    /** What a comma list holds, without what is blank. */
    public static List<String> entries(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .toList();
    }

    public boolean is(String guess) {
        return MessageDigest.isEqual(guess.getBytes(StandardCharsets.UTF_8), bytes());
    }

    byte[] bytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "***";
    }
}
