package dev.smartrouter.loadtest;

import static io.gatling.javaapi.core.CoreDsl.exec;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How calls fared at each level of a load that rises. */
final class Levels {
    /** A level is too high if more than this share of its calls got no pod. */
    private static final double REFUSED = 0.001;

    private static final int TOO_HIGH = 2;
    private static final String LEVEL = "level";
    private static final String ASKED = "asked";

    private final TreeMap<Integer, Level> levels = new TreeMap<>();
    private final Duration each;
    private final int p99;
    private long began;

    /** @param p99 in ms; a level whose calls wait longer is too high */
    Levels(Duration each, int p99) {
        this.each = each;
        this.p99 = p99;
    }

    /** One level, of which times are in ms. */
    private static final class Level {
        private final List<Long> waits = new ArrayList<>();
        private int refused;

        double p99() {
            var sorted = waits.stream().sorted().toList();
            return sorted.isEmpty() ? 0 : sorted.get((int) Math.ceil(sorted.size() * 0.99) - 1);
        }

        boolean isGood(int limit) {
            return p99() <= limit && refused <= waits.size() * REFUSED;
        }
    }

    /** A call that counts for the level at which it is placed. */
    ChainBuilder measured(Caller caller) {
        return exec(this::asks).exec(caller.call(this::answered));
    }

    private synchronized Session asks(Session session) {
        if (began == 0) began = System.nanoTime();
        var now = System.nanoTime();
        return session.set(LEVEL, (int) ((now - began) / each.toNanos())).set(ASKED, now);
    }

    private synchronized Session answered(Session session, boolean connected) {
        var level = levels.computeIfAbsent(session.getInt(LEVEL), number -> new Level());
        level.waits.add((System.nanoTime() - session.getLong(ASKED)) / 1_000_000);
        if (!connected) level.refused++;
        return session;
    }

    /** False once two complete levels in a row were too high. */
    synchronized boolean goOn() {
        if (began == 0) return true;
        var current = (int) ((System.nanoTime() - began) / each.toNanos());
        var complete = levels.headMap(current).values();
        return complete.size() < TOO_HIGH
                || complete.stream().skip(complete.size() - TOO_HIGH).anyMatch(level -> level.isGood(p99));
    }

    /** How many levels were good before the first that was not. */
    synchronized int knee() {
        return (int) levels.values().stream().takeWhile(level -> level.isGood(p99)).count();
    }

    /** @param step from one level to the next, in calls a second */
    synchronized String table(double step) {
        return levels.entrySet().stream()
                .map(entry -> String.format(
                        Locale.ROOT,
                        "%6.0f calls a second: p99 %5.0f ms, %d of %d without a pod",
                        (entry.getKey() + 1) * step,
                        entry.getValue().p99(),
                        entry.getValue().refused,
                        entry.getValue().waits.size()))
                .collect(Collectors.joining("\n"));
    }
}
