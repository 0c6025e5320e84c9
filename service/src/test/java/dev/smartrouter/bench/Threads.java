package dev.smartrouter.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Seconds of processor time that each kind of a Java process's threads has had; Linux only.
 *
 * @param seconds by what the threads do
 */
record Threads(Map<String, Double> seconds) {
    private static final double TICKS_PER_SECOND = 100; // USER_HZ, the same on every Linux that Java runs on

    /** What the threads do whose names begin so. */
    private static final Map<String, String> DEEDS = Map.of(
            "ForkJoinPool", "requests, on virtual threads",
            "dw-", "connections: the server's selectors",
            "redis-", "the link to Redis",
            "log", "the log",
            "VM Thread", "collector",
            "C1 ", "compiler",
            "C2 ", "compiler");

    private static final String OTHERS = "all else";

    static Threads of(long pid) {
        var seconds = new TreeMap<String, Double>();
        try (var threads = Files.list(Path.of("/proc/" + pid + "/task"))) {
            for (var thread : threads.toList()) add(thread.resolve("stat"), seconds);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Threads(seconds);
    }

    private static void add(Path stat, Map<String, Double> seconds) {
        String text;
        try {
            text = Files.readString(stat);
        } catch (IOException e) {
            return; // it has ended
        }
        var name = text.substring(text.indexOf('(') + 1, text.lastIndexOf(')'));
        var fields = List.of(text.substring(text.lastIndexOf(')') + 2).split(" "));
        var ticks = Long.parseLong(fields.get(11)) + Long.parseLong(fields.get(12));
        var deed = DEEDS.entrySet().stream()
                .filter(known -> name.startsWith(known.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(OTHERS);
        seconds.merge(deed, ticks / TICKS_PER_SECOND, Double::sum);
    }

    /** What they had since. A thread that has ended meanwhile takes its share along. */
    Threads since(Threads earlier) {
        return new Threads(seconds.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        now -> Math.max(0, now.getValue() - earlier.seconds.getOrDefault(now.getKey(), 0.0)))));
    }

    /** What they had together. */
    static Threads sum(Collection<Threads> several) {
        var sum = new TreeMap<String, Double>();
        several.forEach(each -> each.seconds.forEach((deed, had) -> sum.merge(deed, had, Double::sum)));
        return new Threads(sum);
    }
}
