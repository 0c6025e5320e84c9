package dev.smartrouter.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The router, the least that the same server can do, and the original's algorithm behind it, turn by turn. */
final class Contest {
    private static final String OURS = "allocate and release";
    private static final String WEBHOOK = "webhook and release";
    private static final String JERSEY = "the same through Jersey";
    private static final String NOTHING = "a POST that does nothing";
    private static final String ORIGINAL = "the original's algorithm";
    private static final int[] CONNECTIONS = {1, 32, 128};

    private final Map<String, Route> routes = new LinkedHashMap<>();
    private final Map<String, List<Turn>> turns = new LinkedHashMap<>();

    /**
     * One contestant's turn.
     *
     * @param router processor time in us a request, as is the next
     * @param exchanges network exchanges with Redis for a script
     */
    private record Turn(
            Sample sample,
            double answers,
            Threads threads,
            double router,
            double redis,
            double exchanges,
            double logged) {}

    Contest() {
        routes.put(OURS, Route.json("/api/v1"));
        routes.put(WEBHOOK, Route.twilio());
        routes.put(JERSEY, Route.jersey("/api/v1"));
        routes.put(NOTHING, Route.json(Rivals.NOTHING));
        routes.put(ORIGINAL, Route.json(Rivals.ORIGINAL));
    }

    void run(Stage stage, int rounds, Duration turn) {
        routes.values().forEach(stage::warmUp);
        for (int round = 0; round < rounds; round++) {
            for (var connections : CONNECTIONS) {
                routes.forEach((name, route) -> turns.computeIfAbsent(key(name, connections), key -> new ArrayList<>())
                        .add(turn(stage, route, connections, turn)));
            }
        }
        if (stage.lost() != 0) throw new IllegalStateException(stage.lost() + " pods are lost");
    }

    private static Turn turn(Stage stage, Route route, int connections, Duration howLong) {
        try (var callers = stage.callers(route, connections)) {
            callers.atFullSpeed(howLong.dividedBy(4));
            var router = stage.router;
            var cpu = router.cpuSeconds();
            var redisCpu = stage.redisCpuSeconds();
            var scripts = router.figure("smart_router_store_scripts_total");
            var exchanges = router.figure("smart_router_store_exchanges_total");
            var logged = router.logged();
            var threads = Threads.of(router.pid());
            var sample = callers.atFullSpeed(howLong);
            var answers = sample.answers() + connections; // those on their way were worked for, too
            return new Turn(
                    sample,
                    answers,
                    Threads.of(router.pid()).since(threads),
                    (router.cpuSeconds() - cpu) / answers * 1e6,
                    (stage.redisCpuSeconds() - redisCpu) / answers * 1e6,
                    (router.figure("smart_router_store_exchanges_total") - exchanges)
                            / Math.max(1, router.figure("smart_router_store_scripts_total") - scripts),
                    (double) (router.logged() - logged) / answers);
        }
    }

    private static String key(String name, int connections) {
        return name + " " + connections;
    }

    private double median(String name, int connections, ToDoubleFunction<Turn> figure) {
        var values = turns.get(key(name, connections)).stream()
                .mapToDouble(figure)
                .sorted()
                .toArray();
        return values[values.length / 2];
    }

    /** The median of the rounds' own ratios, so that what disturbs a round disturbs both. */
    private double ratio(String name, String to, int connections, ToDoubleFunction<Turn> figure) {
        var one = turns.get(key(name, connections));
        var other = turns.get(key(to, connections));
        var values = new ArrayList<Double>();
        for (int i = 0; i < one.size(); i++)
            values.add(figure.applyAsDouble(one.get(i)) / figure.applyAsDouble(other.get(i)));
        values.sort(Comparator.naturalOrder());
        return values.get(values.size() / 2);
    }

    /** Requests a second at the most connections. */
    double mostPerSecond() {
        return median(OURS, CONNECTIONS[CONNECTIONS.length - 1], turn -> turn.sample.perSecond());
    }

    double routerMicros() {
        return median(WEBHOOK, 32, Turn::router);
    }

    double redisMicros() {
        return median(WEBHOOK, 32, Turn::redis);
    }

    String table() {
        var text = new StringBuilder(
                "| connections | | requests/s | p50 ms | p99 ms | router us | Redis us | exchanges a script |\n|---|---|---|---|---|---|---|---|\n");
        for (var connections : CONNECTIONS) {
            for (var name : routes.keySet()) {
                text.append("| %d | %s | %,.0f | %.2f | %.2f | %.0f | %.1f | %s |%n"
                        .formatted(
                                connections,
                                name,
                                median(name, connections, turn -> turn.sample.perSecond()),
                                median(name, connections, turn -> turn.sample.served(.5)),
                                median(name, connections, turn -> turn.sample.served(.99)),
                                median(name, connections, Turn::router),
                                median(name, connections, Turn::redis),
                                isOurs(name) ? "%.2f".formatted(median(name, connections, Turn::exchanges)) : ""));
            }
        }
        return text.toString();
    }

    private static boolean isOurs(String name) {
        return !name.equals(NOTHING) && !name.equals(ORIGINAL);
    }

    String ratios() {
        var text = new StringBuilder(
                "| ratio, median of the rounds' own | 1 | 32 | 128 | wanted |\n|---|---|---|---|---|\n");
        text.append(row(
                "throughput, to the original's algorithm",
                OURS,
                ORIGINAL,
                turn -> turn.sample.perSecond(),
                "4 at 32 and 128"));
        text.append(row(
                "p99, to the original's algorithm",
                OURS,
                ORIGINAL,
                turn -> turn.sample.served(.99),
                "at most 0.4 at 32"));
        text.append(
                row("throughput, to a POST that does nothing", OURS, NOTHING, turn -> turn.sample.perSecond(), "0.5"));
        text.append(row(
                "throughput, to the same through Jersey",
                OURS,
                JERSEY,
                turn -> turn.sample.perSecond(),
                "1.3 (ADR 12)"));
        text.append(row(
                "processor time of router and Redis, original's to ours",
                ORIGINAL,
                OURS,
                turn -> turn.router + turn.redis,
                ""));
        return text.toString();
    }

    /** A request's processor time by what it was for, the most first: ours, and of that what a POST costs that does nothing. */
    String shares(int connections) {
        var ours = shares(OURS, connections);
        var nothing = shares(NOTHING, connections);
        var text = new StringBuilder(
                "| us a request at %d connections | %s | %s |%n|---|---|---|%n".formatted(connections, OURS, NOTHING));
        text.append("| Redis | %.1f | |%n".formatted(median(OURS, connections, Turn::redis)));
        ours.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .forEach(share -> text.append("| %s | %.1f | %.1f |%n"
                        .formatted(share.getKey(), share.getValue(), nothing.getOrDefault(share.getKey(), 0.0))));
        return text.toString();
    }

    private Map<String, Double> shares(String name, int connections) {
        var all = turns.get(key(name, connections));
        var answers = all.stream().mapToDouble(Turn::answers).sum();
        var shares = new LinkedHashMap<String, Double>();
        Threads.sum(all.stream().map(Turn::threads).toList())
                .seconds()
                .forEach((deed, had) -> shares.put(deed, had / answers * 1e6));
        return shares;
    }

    private String row(String what, String name, String to, ToDoubleFunction<Turn> figure, String wanted) {
        return "| %s | %.2f | %.2f | %.2f | %s |%n"
                .formatted(
                        what,
                        ratio(name, to, 1, figure),
                        ratio(name, to, 32, figure),
                        ratio(name, to, 128, figure),
                        wanted);
    }

    /** Bytes of log for a request. */
    double logged() {
        return median(OURS, 32, Turn::logged);
    }

    void plot(Path folder) throws IOException {
        var plot = new Plot("requests a second");
        var late = new Plot("p99 in ms");
        for (var connections : CONNECTIONS) {
            for (var name : List.of(ORIGINAL, OURS, NOTHING)) {
                var colour = name.equals(OURS) ? "#2a7de1" : name.equals(ORIGINAL) ? "#d9822b" : "#a0a0a0";
                var label = name + ", " + connections;
                plot.bar(label, median(name, connections, turn -> turn.sample.perSecond()), colour);
                late.bar(label, median(name, connections, turn -> turn.sample.served(.99)), colour);
            }
        }
        plot.write(folder.resolve("performance-throughput.svg"));
        late.write(folder.resolve("performance-p99.svg"));
    }
}
