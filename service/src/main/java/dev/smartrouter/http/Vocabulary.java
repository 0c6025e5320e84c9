package dev.smartrouter.http;

import java.util.Optional;
import java.util.function.Function;

/** Texts from outside made words of the vocabulary, which cannot be wrong. */
public final class Vocabulary {
    private Vocabulary() {}

    /** @throws Refusal 400, saying what would be right, if the text is no such name */
    public static <T> T read(Function<String, T> name, String text) {
        try {
            return name.apply(text);
        } catch (IllegalArgumentException e) {
            throw Refusal.badRequest(String.valueOf(e.getMessage()));
        }
    }

    /** Empty if the text is no such name: for a path, where nothing can be found by it. */
    public static <T> Optional<T> find(Function<String, T> name, String text) {
        try {
            return Optional.of(name.apply(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
