package dev.smartrouter.simulator;

import dev.smartrouter.simulator.fault.FaultProxy;
import dev.smartrouter.simulator.fault.Framing;
import dev.smartrouter.simulator.fault.Upstream;
import dev.smartrouter.simulator.redis.LaptopRedis;
import dev.smartrouter.simulator.router.FleetSettings;
import dev.smartrouter.simulator.router.RouterFleet;
import dev.smartrouter.simulator.router.RouterReplica;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a load test needs and nothing that would compete with it: routers that are processes of their own, a Redis behind
 * a wire that can be made sick, and pools as an operator sets them by hand. There is no cluster, and no agent takes a call.
 */
final class Stack implements AutoCloseable {
    /** As the image starts a router. */
    private static final List<String> JVM = List.of("-XX:+UseSerialGC", "-XX:CompileThresholdScaling=3", "-Xmx384m");

    private static final Duration START = Duration.ofMinutes(2);
    private static final Duration SLOW = Duration.ofMillis(20);

    private final Parts parts = new Parts();
    private final FaultProxy wire;
    private final RouterFleet routers;

    /**
     * Returns when every router serves calls.
     *
     * @throws IllegalStateException if a part cannot start; nothing is left running
     */
    Stack(int replicas, HandSetPools pools) {
        try {
            var redis = parts.add(LaptopRedis.start(0));
            wire = parts.add(FaultProxy.before(Upstream.at(() -> redis.address().socket()), Framing.redis()));
            try (var keys = redis.address().connect()) {
                pools.write(keys);
            }
            routers = parts.add(RouterFleet.start(new FleetSettings(
                    replicas,
                    true,
                    Map.of(
                            "REDIS_URL", redis.address().through(wire.port()).toString(),
                            "TIER_CONFIG", pools.tiers(),
                            "KUBERNETES_ENABLED", "false",
                            "VOICE_AGENT_BASE_URL", "wss://agents.example",
                            "SHUTDOWN_DELAY", "1s"),
                    0,
                    0,
                    JVM,
                    Optional.empty())));
            Parts.await(
                    "every router ready for calls",
                    START,
                    () -> routers.replicas().stream().allMatch(RouterReplica::isReady));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** One address for all routers. */
    URI api() {
        return routers.service();
    }

    /** One address for the operator's pages of all. */
    URI admin() {
        return routers.serviceAdmin();
    }

    /**
     * Does what the word says, and returns when it is done.
     *
     * @throws IllegalArgumentException if nobody knows the word
     */
    void suffer(String word) {
        switch (word) {
            case "slow-redis" -> wire.delay(SLOW, SLOW);
            case "freeze-redis" -> wire.freeze();
            case "heal-redis" -> wire.heal();
            case "roll-routers" -> routers.roll().toCompletableFuture().join();
            case "kill-router" -> routers.replicas().getFirst().kill();
            default ->
                throw new IllegalArgumentException("what must be slow-redis, freeze-redis, heal-redis, roll-routers or"
                        + " kill-router, not '" + word + "'");
        }
    }

    @Override
    public void close() {
        parts.close();
    }
}
