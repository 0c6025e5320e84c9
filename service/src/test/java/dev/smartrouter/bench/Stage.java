package dev.smartrouter.bench;

import dev.smartrouter.pool.RedisProcess;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;

/** A Redis with pods for ours and for the original, and a router before it: what a measurement takes place on. */
final class Stage implements AutoCloseable {
    private static final String TIERS =
            "{\"tiers\":{\"gold\":{\"type\":\"exclusive\",\"target\":1}},\"default_chain\":[\"gold\"]}";
    private static final long CALLS_OF_A_RUN = 100_000_000;
    private static final int WARM_UP = 100_000;
    private static final int WARM_UP_CONNECTIONS = 32;

    final RedisProcess redis = RedisProcess.start();
    final RouterApart router;
    private final int pods;
    private final ProcessHandle redisProcess;
    private long nextCall = 1;

    Stage(int pods, String... options) {
        this.pods = pods;
        redisProcess = redis.handle();
        var names = IntStream.range(0, pods).mapToObj(i -> "voice-agent-" + i).toArray(String[]::new);
        try (var keys = redis.connect()) {
            keys.sadd("voice:pool:gold:assigned", names);
            keys.sadd("voice:pool:gold:available", names);
            keys.sadd(ManyTrips.PREFIX + "pool:gold:available", names);
            for (var name : names) keys.set(ManyTrips.PREFIX + "pod:tier:" + name, "gold");
            keys.set(ManyTrips.PREFIX + "tier:config", TIERS);
        }
        router = new RouterApart("redis://127.0.0.1:" + redis.port(), Map.of("TIER_CONFIG", TIERS), options);
        router.awaitReady();
    }

    Callers callers(Route route, int connections) {
        nextCall += CALLS_OF_A_RUN;
        return new Callers(router.address(), route, connections, nextCall);
    }

    /** Makes as many requests as the router's compiler needs to see before anything counts. */
    void warmUp(Route route) {
        try (var callers = callers(route, WARM_UP_CONNECTIONS)) {
            for (int done = 0; done < WARM_UP; )
                done += callers.atFullSpeed(Duration.ofSeconds(1)).answers();
        }
    }

    double redisCpuSeconds() {
        return RouterApart.cpuSeconds(redisProcess);
    }

    /** Calls that the store holds to be live. */
    long live() {
        try (var keys = redis.connect()) {
            return keys.zcard("voice:calls:by_expiry");
        }
    }

    /** Pods that nobody has and nobody can get. */
    long lost() {
        try (var keys = redis.connect()) {
            return pods - live() - keys.scard("voice:pool:gold:available");
        }
    }

    @Override
    public void close() {
        router.close();
        redis.close();
    }
}
