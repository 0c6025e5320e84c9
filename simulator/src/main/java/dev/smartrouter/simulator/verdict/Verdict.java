package dev.smartrouter.simulator.verdict;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the judge says.
 *
 * @param broken every promise that was not kept, each time, the gravest first, then in the order of time
 * @param timelines what happened to the calls and pods concerned, by sid and name; of the first hundred at most, and
 *     none while the story goes on
 */
public record Verdict(List<Broken> broken, Figures figures, Map<String, List<Moment>> timelines) {
    /**
     * @param at seconds from the beginning of the story
     * @param words what happened
     */
    public record Moment(double at, String words) {}

    public Verdict {
        broken = broken.stream()
                .sorted(Comparator.comparing(Broken::promise).thenComparing(Broken::at))
                .toList();
    }

    public boolean isKept() {
        return broken.isEmpty();
    }

    /** 0 if every promise was kept, else that of the gravest. */
    public int exitCode() {
        return isKept() ? 0 : broken.getFirst().promise().exitCode();
    }

    /** In one sentence. */
    public String words() {
        var calls = "Calls: %,d placed, %,d given a pod, %,d refused."
                .formatted(figures.placed(), figures.answered(), figures.refused());
        if (isKept()) return "Every promise was kept. " + calls;
        var counts = broken.stream().collect(Collectors.groupingBy(Broken::promise, Collectors.counting()));
        return "Broken: "
                + counts.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(entry -> entry.getKey()
                                + (entry.getValue() == 1 ? "" : " (%d times)".formatted(entry.getValue())))
                        .collect(Collectors.joining("; "))
                + ". " + calls;
    }
}
