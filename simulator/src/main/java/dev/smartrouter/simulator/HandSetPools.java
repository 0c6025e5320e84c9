package dev.smartrouter.simulator;

import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.Jedis;

/**
 * Pools of every kind, as an operator sets them by hand where no cluster tells of pods: seven tenths of the pods are gold,
 * two tenths are shared by three calls each, and one tenth is a merchant's own.
 *
 * @param pods all of them
 */
record HandSetPools(int pods) {
    /** Whose calls go to its own pods first. */
    private static final String OWNER = "9shines";
    /** Whose calls begin at the shared tier. */
    private static final String THRIFTY = "acme";

    private static final int SHARED_BY = 3;

    HandSetPools {
        if (pods < 10) throw new IllegalArgumentException("there must be at least 10 pods, not " + pods);
    }

    /** As TIER_CONFIG has it. */
    String tiers() {
        return """
                {"tiers":{"gold":{"type":"exclusive","target":%d},\
                "basic":{"type":"shared","target":%d,"max_concurrent":%d}},"default_chain":["gold","basic"]}""".formatted(pods - own() - shared(), shared(), SHARED_BY);
    }

    private int own() {
        return pods / 10;
    }

    private int shared() {
        return pods / 5;
    }

    /** Into a store that is empty. */
    void write(Jedis keys) {
        keys.hset("voice:merchant:config", OWNER, "{\"tier\":\"dedicated\",\"pool\":\"" + OWNER + "\"}");
        keys.hset("voice:merchant:config", THRIFTY, "{\"tier\":\"basic\"}");
        var names = new ArrayList<String>();
        for (var i = 0; i < pods; i++) names.add("voice-agent-" + i);
        var all = List.copyOf(names);
        var others = all.subList(own() + shared(), pods);
        settle(keys, "merchant:" + OWNER, "merchant:" + OWNER + ":pods", all.subList(0, own()));
        settle(keys, "gold", "pool:gold:available", others);
        var basic = all.subList(own(), own() + shared());
        try (var pipeline = keys.pipelined()) {
            for (var pod : basic) pipeline.zadd("voice:pool:basic:available", 0, pod);
        }
        settle(keys, "basic", "", basic);
    }

    /** @param available the set of an exclusive pool's free pods; empty for none */
    private static void settle(Jedis keys, String tier, String available, List<String> pods) {
        var pool = tier.startsWith("merchant:") ? tier : "pool:" + tier;
        try (var pipeline = keys.pipelined()) {
            for (var pod : pods) {
                pipeline.sadd("voice:" + pool + ":assigned", pod);
                if (!available.isEmpty()) pipeline.sadd("voice:" + available, pod);
                pipeline.set("voice:pod:tier:" + pod, tier);
                pipeline.hset("voice:pod:" + pod, "status", "available");
                pipeline.hset("voice:pod:metadata", pod, "{\"name\":\"" + pod + "\"}");
            }
        }
    }
}
