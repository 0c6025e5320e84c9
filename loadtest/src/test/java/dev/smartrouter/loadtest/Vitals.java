package dev.smartrouter.loadtest;

import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.regex;
import static io.gatling.javaapi.http.HttpDsl.http;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The routers' heap and threads over a run, from their metrics. Behind one address each read meets some router; the load
 * is spread evenly, so what leaks in one leaks in all, and the lowest of many reads shows it.
 */
final class Vitals {
    private static final int MOST_READS = 600;
    private static final double MORE = 1.2;
    private static final double SPARE_BYTES = 24e6;
    private static final double SPARE_THREADS = 8;

    private final List<Vital> seen = new ArrayList<>();
    private final double readsPerSecond;

    /** @param lasts the run, of which there are at most ten reads a second and 600 in all */
    Vitals(Duration lasts) {
        this.readsPerSecond = Math.min(10, MOST_READS * 1_000.0 / lasts.toMillis());
    }

    private record Vital(double heap, double threads) {}

    double readsPerSecond() {
        return readsPerSecond;
    }

    ChainBuilder read() {
        return exec(http("metrics")
                        .get("/api/v1/metrics")
                        .check(
                                regex("(?m)^jvm_memory_heap_used (\\S+)").saveAs("heap"),
                                regex("(?m)^jvm_threads_count (\\S+)").saveAs("threads")))
                .exec(this::note);
    }

    private synchronized Session note(Session session) {
        if (session.contains("heap")) {
            seen.add(new Vital(number(session, "heap"), number(session, "threads")));
        }
        return session;
    }

    private static double number(Session session, String key) {
        return Double.parseDouble(String.valueOf(session.getString(key)));
    }

    boolean heapIsFlat() {
        return isFlat("heap, MB", vital -> vital.heap() / 1e6, SPARE_BYTES / 1e6);
    }

    boolean threadsAreFlat() {
        return isFlat("threads", Vital::threads, SPARE_THREADS);
    }

    /** The least of the last third is not much more than that of the second: the first is the warm-up of the JVMs. */
    private synchronized boolean isFlat(String what, ToDoubleFunction<Vital> figure, double spare) {
        var third = seen.size() / 3;
        if (third == 0) return false;
        var before = least(seen.subList(third, 2 * third), figure);
        var after = least(seen.subList(2 * third, seen.size()), figure);
        System.out.printf("%s: at least %.0f in the second third, %.0f in the last%n", what, before, after);
        return after <= before * MORE + spare;
    }

    private static double least(List<Vital> vitals, ToDoubleFunction<Vital> figure) {
        return vitals.stream().mapToDouble(figure).min().orElseThrow();
    }
}
