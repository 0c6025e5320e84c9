package dev.smartrouter.bench;

import dev.smartrouter.pool.RedisProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How long a router takes to start, with the cache that its image has and without, and what it weighs. */
final class Starts {
    private static final String TIERS =
            "{\"tiers\":{\"gold\":{\"type\":\"exclusive\",\"target\":1}},\"default_chain\":[\"gold\"]}";

    private final List<Double> plain = new ArrayList<>();
    private final List<Double> cached = new ArrayList<>();
    private long idleMegabytes;

    /** @param jar of our classes, with the libraries beside it in lib/, as in the image */
    void run(Path jar, int rounds) throws IOException {
        var cache = Files.createTempDirectory("aot-of-a-bench").resolve("smart-router.aot");
        var main = List.of("-jar", jar.toString(), "server");
        try (var redis = RedisProcess.start()) {
            var settings = Map.of("TIER_CONFIG", TIERS, "LOG_LEVEL", "error");
            try (var training = new RouterApart(redis.url(), settings, List.of("-XX:AOTCacheOutput=" + cache), main)) {
                training.awaitReady().stop();
            }
            for (int round = 0; round < rounds; round++) {
                plain.add(start(redis, settings, List.of(), main));
                if (Files.exists(cache)) cached.add(start(redis, settings, List.of("-XX:AOTCache=" + cache), main));
            }
        } finally {
            Files.deleteIfExists(cache);
            Files.deleteIfExists(cache.getParent());
        }
    }

    private double start(RedisProcess redis, Map<String, String> settings, List<String> options, List<String> main) {
        var start = System.nanoTime();
        try (var router = new RouterApart(redis.url(), settings, options, main)) {
            router.awaitAlive();
            var took = Duration.ofNanos(System.nanoTime() - start);
            idleMegabytes = router.awaitReady().residentMegabytes();
            return took.toMillis() / 1e3;
        }
    }

    String table(long afterLoadMegabytes) {
        var without = median(plain);
        var with = cached.isEmpty() ? Double.NaN : median(cached);
        return """
                | | |
                |---|---|
                | from its start to its first answer | %.2f s |
                | with the AOT cache | %.2f s, %.2f of it (wanted: at most 0.5) |
                | resident, idle | %d MB |
                | resident, after this load | %d MB |
                """.formatted(without, with, with / without, idleMegabytes, afterLoadMegabytes);
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
