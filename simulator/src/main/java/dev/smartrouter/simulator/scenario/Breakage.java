package dev.smartrouter.simulator.scenario;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A deed that somebody asks for by hand, in the words of an event; what is not said is left to chance. */
public final class Breakage {
    private static final Map<String, String> SHORT =
            Map.of("drain", "drain-pod", "undrain", "undrain-pod", "roll", "roll-agents", "freeze", "freeze-redis");
    private static final Map<String, String> USUAL =
            Map.of("pod", "any", "router", "any", "lasts", "10s", "by", "50ms");

    private Breakage() {}

    /**
     * @param what a word of an event, or a short form of one
     * @param arguments of that word, as an event has them
     * @param pods how many there are
     * @throws WrongScenarioException if there is no such word, or an argument is wrong
     */
    public static Deed of(String what, Map<String, String> arguments, int pods, int routers, long seed) {
        try {
            var word = word(SHORT.getOrDefault(what, what));
            var given = new HashMap<>(USUAL);
            given.keySet().retainAll(word.takes());
            given.putAll(arguments);
            var event = new Event(
                    Duration.ZERO,
                    null,
                    null,
                    word,
                    target(given.remove("pod"), "pod", pods),
                    target(given.remove("router"), "router", routers),
                    number(given.remove("replicas")),
                    duration(given.remove("lasts")),
                    duration(given.remove("by")),
                    null);
            for (var unknown : given.keySet()) throw new Wrong(unknown, "is nothing that " + word + " takes");
            return event.deed(pods, routers, new Chance(seed, "breakage"));
        } catch (Wrong e) {
            throw new WrongScenarioException((e.where().isEmpty() ? "" : e.where() + " ") + e.getMessage());
        }
    }

    private static Word word(String written) {
        var words = List.of(Word.values()).stream().map(Word::toString).toList();
        if (words.contains(written)) return Word.of(written);
        throw new Wrong(
                "",
                "there is nothing called '" + written + "'" + Nearest.hint(written, words) + " (there is "
                        + String.join(", ", words) + ")");
    }

    private static @Nullable Target target(@Nullable String written, String what, int count) {
        if (written == null) return null;
        if (written.equals("any")) return new Target(Target.ANY);
        var number = number(written);
        if (number == null || number < 0 || number >= count) {
            throw new Wrong(what, "must be 'any' or from 0 to " + (count - 1) + ", not " + written);
        }
        return new Target(number);
    }

    private static @Nullable Integer number(@Nullable String written) {
        if (written == null) return null;
        try {
            return Integer.valueOf(written);
        } catch (NumberFormatException e) {
            throw new Wrong("", "'" + written + "' is no number");
        }
    }

    private static @Nullable Duration duration(@Nullable String written) {
        return written == null ? null : Times.parse(written);
    }
}
