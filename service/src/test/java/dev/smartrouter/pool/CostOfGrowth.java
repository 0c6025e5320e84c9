package dev.smartrouter.pool;

import dev.smartrouter.CallSid;
import dev.smartrouter.tier.TierConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * What an allocation and its release cost as the fleet grows: a benchmark with a main of its own, run by {@code make
 * bench}. One Redis for each fleet, measured in turn, round after round, so that the machine's noise meets them all;
 * what counts is the ratio to the smallest.
 */
public final class CostOfGrowth {
    private static final int[] FLEETS = {100, 1_000, 10_000, 50_000};
    private static final int ROUNDS = 7;
    private static final int PAIRS = 1_500;
    private static final int WARM_UP_PAIRS = 3_000;
    private static final int REGISTERED_BY_SCRIPT = 1;

    private CostOfGrowth() {}

    private record Cost(double microsPerPair, double redisMicrosPerPair) {}

    /** @param args the Markdown file to write; none prints only */
    public static void main(String[] args) throws IOException {
        var report = new StringBuilder();
        report.append("# What a call costs as the fleet grows\n\n")
                .append(
                        "Written by `make bench`. One caller allocates and releases in turn; a pair is two scripts and two round\n")
                .append("trips. Medians of ")
                .append(ROUNDS)
                .append(" interleaved rounds of ")
                .append(PAIRS)
                .append(" pairs; `x` is the ratio to the smallest fleet in the same run. Redis's share is\n")
                .append("its own account of the time it spent in scripts (`INFO commandstats`).\n");
        for (var kind : List.of("exclusive", "shared")) {
            report.append("\n## A pool of ").append(kind).append(" pods\n\n");
            report.append("| pods | us a pair | x | of which in Redis, us | x |\n|---|---|---|---|---|\n");
            var costs = measure(kind);
            var base = costs.get(FLEETS[0]);
            costs.forEach((pods, cost) -> report.append(String.format(
                    "| %,d | %.0f | %.2f | %.1f | %.2f |%n",
                    pods,
                    cost.microsPerPair(),
                    cost.microsPerPair() / base.microsPerPair(),
                    cost.redisMicrosPerPair(),
                    cost.redisMicrosPerPair() / base.redisMicrosPerPair())));
        }
        System.out.println(report);
        if (args.length > 0) Files.writeString(Path.of(args[0]), report);
    }

    private static Map<Integer, Cost> measure(String kind) {
        var json = kind.equals("shared")
                ? "{\"tiers\":{\"t\":{\"type\":\"shared\",\"target\":1,\"max_concurrent\":3}},\"default_chain\":[\"t\"]}"
                : "{\"tiers\":{\"t\":{\"type\":\"exclusive\",\"target\":1}},\"default_chain\":[\"t\"]}";
        var config = TierConfig.parse(json);
        var servers = new ArrayList<RedisProcess>();
        var routers = new ArrayList<RedisRouter>();
        try {
            for (var pods : FLEETS) {
                var redis = RedisProcess.start();
                servers.add(redis);
                var router = new RedisRouter(redis.url(), "voice:", config);
                routers.add(router);
                fill(router, redis, kind, pods);
                pairs(router, WARM_UP_PAIRS);
            }
            return rounds(servers, routers);
        } finally {
            routers.forEach(RedisRouter::close);
            servers.forEach(RedisProcess::close);
        }
    }

    /** Pods set by hand and adopted by an audit, then the gate: no loop runs while we measure. */
    private static void fill(RedisRouter router, RedisProcess redis, String kind, int pods) {
        router.pod("pod-0", "t");
        try (var admin = redis.connect()) {
            var pipeline = admin.pipelined();
            for (int i = REGISTERED_BY_SCRIPT; i < pods; i++) {
                if (kind.equals("shared")) pipeline.zadd("voice:pool:t:available", 0, "pod-" + i);
                else pipeline.sadd("voice:pool:t:available", "pod-" + i);
            }
            pipeline.sync();
        }
        router.auditor.round();
        var round = router.recovery.begin().orElseThrow();
        router.recovery.open(OptionalLong.empty(), "bench", round);
    }

    private static Map<Integer, Cost> rounds(List<RedisProcess> servers, List<RedisRouter> routers) {
        var micros = new double[FLEETS.length][ROUNDS];
        var redisMicros = new double[FLEETS.length][ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < FLEETS.length; i++) {
                try (var admin = servers.get(i).connect()) {
                    admin.configResetStat();
                    var start = System.nanoTime();
                    pairs(routers.get(i), PAIRS);
                    micros[i][round] = (System.nanoTime() - start) / 1_000.0 / PAIRS;
                    redisMicros[i][round] = scriptMicros(admin.info("commandstats")) / PAIRS;
                }
            }
        }
        var costs = new LinkedHashMap<Integer, Cost>();
        for (int i = 0; i < FLEETS.length; i++)
            costs.put(FLEETS[i], new Cost(median(micros[i]), median(redisMicros[i])));
        return costs;
    }

    private static void pairs(RedisRouter router, int count) {
        IntStream.range(0, count).forEach(i -> {
            var claim = router.claim("CA-" + i); // held, if a reply was lost and the script sent again
            if (!(claim instanceof Claim.Claimed || claim instanceof Claim.Held)) {
                throw new IllegalStateException("call " + i + " got " + claim);
            }
            router.pools.release(new CallSid("CA-" + i));
        });
    }

    private static double scriptMicros(String stats) {
        return stats.lines()
                .filter(line -> line.startsWith("cmdstat_evalsha:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll(".*,usec=(\\d+),.*", "$1")))
                .sum();
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }
}
