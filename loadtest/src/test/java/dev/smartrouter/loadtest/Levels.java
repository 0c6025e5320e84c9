package dev.smartrouter.loadtest;

import static io.gatling.javaapi.core.CoreDsl.exec;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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
    private final LongSupplier nanos;
    private @Nullable Long began;

    /**
     * @param p99 in ms; a level whose calls wait longer is too high
     * @param nanos monotonic time in ns
     */
    Levels(Duration each, int p99, LongSupplier nanos) {
        this.each = each;
        this.p99 = p99;
        this.nanos = nanos;
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
        return exec(session -> session.set(LEVEL, current()).set(ASKED, nanos.getAsLong()))
                .exec(caller.call(this::answered));
    }

    private Session answered(Session session, boolean connected) {
        var waited = Duration.ofNanos(nanos.getAsLong() - session.getLong(ASKED));
        answered(session.getInt(LEVEL), waited.toMillis(), connected);
        return session;
    }

    /** @param waited in ms */
    synchronized void answered(int level, long waited, boolean connected) {
        var its = levels.computeIfAbsent(level, number -> new Level());
        its.waits.add(waited);
        if (!connected) its.refused++;
    }

    /** The level of now, from 0; time begins when it is first asked for. */
    synchronized int current() {
        if (began == null) began = nanos.getAsLong();
        return (int) ((nanos.getAsLong() - began) / each.toNanos());
    }

    /** False once two complete levels in a row were too high. */
    synchronized boolean goOn() {
        var complete = levels.headMap(current()).values();
        return complete.size() < TOO_HIGH
                || complete.stream().skip(complete.size() - TOO_HIGH).anyMatch(level -> level.isGood(p99));
    }

    /** How many levels were good before the first that was not. */
    synchronized int knee() {
        return (int)
                levels.values().stream().takeWhile(level -> level.isGood(p99)).count();
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
