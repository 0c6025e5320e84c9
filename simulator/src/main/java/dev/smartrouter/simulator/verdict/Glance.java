package dev.smartrouter.simulator.verdict;

import java.time.Duration;
import java.util.List;

/**
 * How it goes, at one moment.
 *
 * @param story since the story began, on the story's clock
 * @param live calls that have a pod now
 * @param events the last ones, the latest at the end
 */
public record Glance(Duration story, int live, Verdict soFar, List<Pool> pools, List<String> events) {
    private static final int LAST = 4;

    /**
     * @param available pods that can take a call now
     * @param calls that its pods carry
     */
    public record Pool(String name, int pods, int available, int calls) {}

    static Glance of(History history, Verdict soFar, List<StoreSample.Pool> pools, double speed) {
        var events = history.events();
        return new Glance(
                Duration.ofMillis(Math.round(history.seconds(history.now()) * speed * 1e3)),
                new Concurrency(history.calls()).at(history.now()),
                soFar,
                pools.stream()
                        .map(pool -> new Pool(pool.name(), pool.assigned(), pool.available(), pool.calls()))
                        .toList(),
                events.subList(Math.max(0, events.size() - LAST), events.size()).stream()
                        .map(event -> "%s at %.1f s".formatted(event.label(), history.seconds(event.at())))
                        .toList());
    }
}
