package dev.smartrouter.pool;

import dev.smartrouter.tier.TierConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What an allocation and its release cost as fleet, chain and calls grow: one Redis for each case, measured in turn,
 * round after round, so that the machine's noise meets them all. The audit is at work, as it always is.
 */
public final class CostOfGrowth {
    private static final int PAIRS = 500;
    private static final int WARM_UP_PAIRS = 2_000;
    private static final int SOME_THREADS = 32;
    private static final Duration AUDIT_TURN = Duration.ofMillis(50);

    private CostOfGrowth() {}

    /** What is measured: pods that stand by, and in which state those are that a call meets first. */
    private enum Stock {
        EXCLUSIVE("an exclusive pool"),
        SHARED("a shared pool"),
        FULL("a shared pool of which every pod but one is full"),
        DRAINING("a shared pool of which nine pods in ten drain");

        private final String text;

        Stock(String text) {
            this.text = text;
        }
    }

    private record Case(String text, Stock stock, int pods, int chain) {}

    /**
     * The tables, in Markdown.
     *
     * @param rounds of which each figure is the median
     */
    public static String tables(int rounds) throws InterruptedException {
        var page = new StringBuilder();
        for (var stock : Stock.values()) {
            var cases = IntStream.of(1_000, 10_000, 100_000)
                    .mapToObj(pods -> new Case("%,d".formatted(pods), stock, pods, 1))
                    .toList();
            page.append(table(stock.text, "pods", cases, rounds));
        }
        var chains = IntStream.of(1, 2, 4, 8)
                .mapToObj(length -> new Case(Integer.toString(length), Stock.EXCLUSIVE, 1_000, length))
                .toList();
        return page.append(table("a chain of which the last pool alone has pods", "pools", chains, rounds))
                .toString();
    }

    private static String table(String what, String unit, List<Case> cases, int rounds) throws InterruptedException {
        var costs = measure(cases, rounds);
        var base = costs.getFirst();
        var rows = IntStream.range(0, cases.size())
                .mapToObj(i -> "| %s | %.0f | %.2f |".formatted(cases.get(i).text, costs.get(i), costs.get(i) / base))
                .collect(Collectors.joining("\n"));
        return """
                ### With %s

                | %s | us a pair | x |
                |---|---|---|
                %s

                """.formatted(what, unit, rows);
    }

    private static List<Double> measure(List<Case> cases, int rounds) throws InterruptedException {
        var worlds = new ArrayList<World>();
        try {
            for (var each : cases) worlds.add(new World(each));
            var micros = new double[cases.size()][rounds];
            for (int round = 0; round < rounds; round++) {
                for (int i = 0; i < cases.size(); i++)
                    micros[i][round] = worlds.get(i).measure(round);
            }
            return Arrays.stream(micros).map(CostOfGrowth::median).toList();
        } finally {
            worlds.forEach(World::close);
        }
    }

    private static Double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    /** A Redis with a fleet in it. */
    private static final class World implements AutoCloseable {
        private final RedisProcess redis = RedisProcess.start();
        private final RedisRouter router;
        private volatile boolean auditing;

        World(Case what) {
            router = new RedisRouter(redis.url(), "voice:", config(what));
            router.pod("pod-0", "t0"); // by script, so that the pool has its mode
            var stock = what.stock == Stock.EXCLUSIVE ? "t" + (what.chain - 1) : "t0";
            if (what.chain > 1) router.pod("pod-last", stock);
            setByHand(what, stock);
            router.auditor.round();
            var round = router.recovery.begin().orElseThrow();
            router.recovery.open(OptionalLong.empty(), "bench", round);
            if (what.stock == Stock.FULL) fill(what.pods - 1);
            if (what.chain > 1) router.claim("CA-first"); // the one pod of the first pool
            pairs("warm", WARM_UP_PAIRS);
        }

        private static TierConfig config(Case what) {
            var mode = what.stock == Stock.EXCLUSIVE ? "\"exclusive\"" : "\"shared\",\"max_concurrent\":1";
            var tiers = IntStream.range(0, what.chain)
                    .mapToObj(i -> "\"t%d\":{\"type\":%s,\"target\":1}".formatted(i, mode))
                    .collect(Collectors.joining(","));
            var names = IntStream.range(0, what.chain)
                    .mapToObj(i -> "\"t" + i + "\"")
                    .collect(Collectors.joining(","));
            return TierConfig.parse("{\"tiers\":{" + tiers + "},\"default_chain\":[" + names + "]}");
        }

        /** As an operator would: the audit adopts them. */
        private void setByHand(Case what, String tier) {
            try (var keys = redis.connect()) {
                var pipeline = keys.pipelined();
                var available = "voice:pool:" + tier + ":available";
                for (int i = 1; i < what.pods; i++) {
                    var pod = "pod-" + i;
                    if (what.stock == Stock.EXCLUSIVE) pipeline.sadd(available, pod);
                    else pipeline.zadd(available, 0, pod);
                    if (what.stock == Stock.DRAINING && i % 10 > 0)
                        pipeline.setex("voice:pod:draining:" + pod, 86_400, "1");
                    if (i % 1_000 == 0) pipeline.sync();
                }
                pipeline.sync();
            }
        }

        private void fill(int calls) {
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int t = 0; t < SOME_THREADS; t++) {
                    var first = t;
                    threads.execute(() -> {
                        for (int i = first; i < calls; i += SOME_THREADS) router.claim("CA-live-" + i);
                    });
                }
            }
        }

        /** Microseconds of a pair. */
        double measure(int round) throws InterruptedException {
            auditing = true;
            var audit = Thread.ofPlatform().daemon().start(this::audit);
            var start = System.nanoTime();
            pairs("round-" + round + "-", PAIRS);
            var took = System.nanoTime() - start;
            auditing = false;
            audit.join();
            return took / 1e3 / PAIRS;
        }

        private void audit() {
            while (auditing) {
                router.auditor.tick();
                LockSupport.parkNanos(AUDIT_TURN.toNanos());
            }
        }

        private void pairs(String name, int count) {
            for (int i = 0; i < count; i++) {
                var claim = router.claim("CA-" + name + i); // held, if a reply was lost and the script sent again
                if (!(claim instanceof Claim.Claimed || claim instanceof Claim.Held)) {
                    throw new IllegalStateException("call " + i + " got " + claim);
                }
                router.release("CA-" + name + i);
            }
        }

        @Override
        public void close() {
            router.close();
            redis.close();
        }
    }
}
