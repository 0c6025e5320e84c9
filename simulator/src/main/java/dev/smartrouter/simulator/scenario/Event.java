package dev.smartrouter.simulator.scenario;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something that is done at a time, or again and again. Which of the arguments are there, the word decides.
 *
 * @param at from the start of the story; of a repeated one, the first time
 * @param every from one time to the next; null: it is done once
 * @param until no later than this; null: the end of the story
 * @param word what is done
 */
public record Event(
        Duration at,
        @Nullable Duration every,
        @Nullable Duration until,
        @JsonProperty("do") Word word,
        @Nullable Target pod,
        @Nullable Target router,
        @Nullable Integer replicas,
        @Nullable Duration lasts,
        @Nullable Duration by,
        @Nullable Tiers tiers) {

    public Event {
        Times.notNegative("at", at);
        if (every != null) Times.positive("every", every);
        if (until != null && every == null) throw new Wrong("until", "needs 'every', a duration such as 20s");
        if (until != null && until.compareTo(at) < 0) {
            throw new Wrong("until", "must be no earlier than 'at' (" + Times.text(at) + "), not " + Times.text(until));
        }
        var given = new HashMap<String, @Nullable Object>();
        given.put("pod", pod);
        given.put("router", router);
        given.put("replicas", replicas);
        given.put("lasts", lasts);
        given.put("by", by);
        given.put("tiers", tiers);
        given.values().removeIf(Objects::isNull);
        for (var name : given.keySet().stream().sorted().toList()) {
            if (!word.takes().contains(name)) throw new Wrong(name, "is nothing that " + word + " takes" + takes(word));
        }
        for (var name : word.takes()) {
            if (!given.containsKey(name)) throw new Wrong("", word + " needs '" + name + "'");
        }
        if (replicas != null && (replicas < 1 || replicas > 1_000)) {
            throw new Wrong("replicas", "must be from 1 to 1000 pods, not " + replicas);
        }
        if (lasts != null) Times.positive("lasts", lasts);
        if (by != null) Times.positive("by", by);
    }

    private static String takes(Word word) {
        return word.takes().isEmpty() ? "; it takes nothing" : "; it takes " + String.join(", ", word.takes());
    }

    /** When it is done in a story of this length. */
    List<Duration> times(Duration story) {
        if (every == null) return List.of(at);
        var times = new ArrayList<Duration>();
        for (var time = at; time.compareTo(story) < 0; time = time.plus(every)) {
            if (until != null && time.compareTo(until) > 0) break;
            times.add(time);
        }
        return times;
    }

    /** @param pods how many there are at that time */
    Deed deed(int pods, int routers, Chance chance) {
        return word.deed(new Word.Arguments(
                pod == null ? 0 : pod.among(pods, chance),
                router == null ? 0 : router.among(routers, chance),
                replicas == null ? 0 : replicas,
                lasts == null ? Duration.ZERO : lasts,
                by == null ? Duration.ZERO : by,
                tiers == null ? "" : tiers.json()));
    }
}
