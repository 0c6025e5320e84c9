package dev.smartrouter.simulator.verdict;

import dev.smartrouter.simulator.verdict.LostPods.Holding;
import dev.smartrouter.simulator.verdict.LostPods.Inventory;
import dev.smartrouter.tier.InvalidTierConfigException;
import dev.smartrouter.tier.Mode;
import dev.smartrouter.tier.Tier;
import dev.smartrouter.tier.TierConfig;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Reads the routers' keys as they are documented: three round trips for a look at all pools, however many pods they
 * have. Remembers the last tier config that could be read. Not thread-safe.
 */
final class StoreReader {
    private final String prefix;
    private Map<String, Tier> tiers = Map.of();

    StoreReader(String prefix) {
        this.prefix = prefix;
    }

    /**
     * A pool as it was seen.
     *
     * @param capacity calls at a time that one pod of it carries
     * @param available names in its index, full shared pods as well
     * @param calls of each assigned pod
     */
    record Pool(
            String name,
            int capacity,
            Set<String> assigned,
            Set<String> available,
            Map<String, Integer> calls,
            int draining) {
        StoreSample.Pool sample() {
            var carried = calls.values().stream().mapToInt(Integer::intValue).sum();
            var free = available.stream()
                    .filter(pod -> calls.getOrDefault(pod, 0) < capacity)
                    .count();
            return new StoreSample.Pool(name, assigned.size(), (int) free, carried, draining);
        }
    }

    /** Every pool that the config or the store knows. */
    List<Pool> look(Jedis redis) {
        return read(redis).values().stream().toList();
    }

    Inventory inventory(Jedis redis, Collection<String> pods) {
        var pools = read(redis);
        var pipeline = redis.pipelined();
        var over = pipeline.zrange(prefix + "calls:by_expiry", 0, -1);
        var calls = new HashMap<String, Response<Set<String>>>();
        var facts = new HashMap<String, Response<Map<String, String>>>();
        var draining = new HashMap<String, Response<Boolean>>();
        for (var pod : pods) {
            calls.put(pod, pipeline.smembers(callsKey(pod)));
            facts.put(pod, pipeline.hgetAll(prefix + "pod:" + pod));
            draining.put(pod, pipeline.exists(drainingKey(pod)));
        }
        pipeline.sync();
        var holdings = new TreeMap<String, Holding>();
        for (var pod : pods) {
            var in = pools.values().stream()
                    .filter(pool -> pool.available().contains(pod))
                    .map(Pool::name)
                    .toList();
            holdings.put(
                    pod,
                    new Holding(
                            in,
                            new TreeSet<>(names(calls.get(pod))),
                            new TreeMap<>(or(facts.get(pod), Map.<String, String>of())),
                            or(draining.get(pod), false)));
        }
        return new Inventory(holdings, new TreeSet<>(names(over)));
    }

    private Map<String, Pool> read(Jedis redis) {
        var modes = modes(redis);
        var pipeline = redis.pipelined();
        var assigned = new LinkedHashMap<String, Response<Set<String>>>();
        var available = new HashMap<String, Response<? extends Collection<String>>>();
        modes.forEach((pool, mode) -> {
            assigned.put(pool, pipeline.smembers(prefix + pool + ":assigned"));
            available.put(pool, index(pipeline, pool, mode));
        });
        pipeline.sync();
        var calls = new HashMap<String, Response<Long>>();
        var draining = new HashMap<String, Response<Boolean>>();
        for (var members : assigned.values()) {
            for (var pod : names(members)) {
                calls.put(pod, pipeline.scard(callsKey(pod)));
                draining.put(pod, pipeline.exists(drainingKey(pod)));
            }
        }
        pipeline.sync();
        var pools = new LinkedHashMap<String, Pool>();
        assigned.forEach((pool, members) -> {
            var pods = names(members);
            var carried = new HashMap<String, Integer>();
            pods.forEach(pod -> carried.put(pod, or(calls.get(pod), 0L).intValue()));
            var drained =
                    pods.stream().filter(pod -> or(draining.get(pod), false)).count();
            var free = names(available.get(pool));
            var capacity = capacity(pool, modes.get(pool));
            pools.put(pool, new Pool(pool, capacity, pods, free, carried, (int) drained));
        });
        return pools;
    }

    /** The mode of each pool, the config's first, in its order. */
    private Map<String, Mode> modes(Jedis redis) {
        var pipeline = redis.pipelined();
        var stored = pipeline.hgetAll(prefix + "tier:modes");
        var config = pipeline.get(prefix + "tier:config");
        pipeline.sync();
        learn(or(config, ""));
        var modes = new LinkedHashMap<String, Mode>();
        tiers.forEach((pool, tier) -> modes.put(pool, tier.mode()));
        or(stored, Map.<String, String>of())
                .forEach((pool, text) -> Mode.find(text).ifPresent(mode -> modes.put(pool, mode)));
        return modes;
    }

    private void learn(String config) {
        if (config.isEmpty()) return;
        try {
            var known = new LinkedHashMap<String, Tier>();
            TierConfig.parse(config).pools().forEach((pool, tier) -> known.put(pool.value(), tier));
            tiers = known;
        } catch (InvalidTierConfigException e) {
            // The routers refuse it too, and keep the last good one.
        }
    }

    private int capacity(String pool, @Nullable Mode mode) {
        if (mode == Mode.EXCLUSIVE) return 1;
        var tier = tiers.get(pool);
        return tier == null || tier.mode() == Mode.EXCLUSIVE ? Capacities.UNKNOWN : tier.capacity();
    }

    private Response<? extends Collection<String>> index(Pipeline pipeline, String pool, Mode mode) {
        var key = prefix + pool + (pool.startsWith("merchant:") ? ":pods" : ":available");
        return mode == Mode.SHARED ? pipeline.zrange(key, 0, -1) : pipeline.smembers(key);
    }

    private String callsKey(String pod) {
        return prefix + "pod:" + pod + ":calls";
    }

    private String drainingKey(String pod) {
        return prefix + "pod:draining:" + pod;
    }

    private static Set<String> names(@Nullable Response<? extends Collection<String>> response) {
        return Set.copyOf(or(response, Set.<String>of()));
    }

    /** What was read, or something else where a key is of another type, or nobody asked for it. */
    private static <T> T or(@Nullable Response<? extends T> response, T otherwise) {
        if (response == null) return otherwise;
        try {
            var value = response.get();
            return value == null ? otherwise : value;
        } catch (JedisDataException e) {
            return otherwise;
        }
    }
}
