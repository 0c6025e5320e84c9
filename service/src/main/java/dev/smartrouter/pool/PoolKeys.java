package dev.smartrouter.pool;

import dev.smartrouter.PoolName;
import dev.smartrouter.tier.Mode;
import dev.smartrouter.tier.TierConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The pools that scripts are told of: those of the tier config, and others that the store has a mode for. */
final class PoolKeys {
    private final RedisStore store;
    private final Supplier<TierConfig> config;

    PoolKeys(RedisStore store, Supplier<TierConfig> config) {
        this.store = store;
        this.config = config;
    }

    /** The configured pools and their modes, each as two arguments. */
    List<String> configured() {
        var args = new ArrayList<String>();
        config.get().pools().forEach((pool, tier) -> {
            args.add(pool.value());
            args.add(tier.mode().text());
        });
        return args;
    }

    /** The same and, after them, the pools that only the store knows. Costs a round trip. */
    Map<PoolName, Mode> all() {
        var all = new LinkedHashMap<PoolName, Mode>();
        config.get().pools().forEach((pool, tier) -> all.put(pool, tier.mode()));
        store.runForLoop("modes", List.of())
                .fields()
                .forEach(
                        (pool, mode) -> Mode.find(mode).ifPresent(known -> all.putIfAbsent(new PoolName(pool), known)));
        return all;
    }
}
