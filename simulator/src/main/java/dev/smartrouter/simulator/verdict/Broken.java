package dev.smartrouter.simulator.verdict;

import java.util.List;

/**
 * A promise that was not kept, once.
 *
 * @param at seconds from the beginning of the story
 * @param evidence in words
 * @param pods concerned
 * @param calls concerned, by sid
 */
public record Broken(Promise promise, double at, String evidence, List<String> pods, List<String> calls) {
    public Broken {
        pods = List.copyOf(pods);
        calls = List.copyOf(calls);
    }

    /** For a terminal. */
    @Override
    public String toString() {
        return "%s: %s (at %.1f s)".formatted(promise, evidence, at);
    }
}
