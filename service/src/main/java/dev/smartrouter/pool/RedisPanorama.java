package dev.smartrouter.pool;

import dev.smartrouter.PodName;
import dev.smartrouter.PoolName;
import dev.smartrouter.pool.Upkeep.Seen;
import dev.smartrouter.tier.TierConfig;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** {@link Panorama} of Redis: a script looks at about 100 pods, a turn at about 2,000, as many as an audit a second. */
public final class RedisPanorama implements Panorama {
    private static final int MOST_PAGES = 20;
    private static final String FIRST = "0";

    private final RedisStore store;
    private final PoolKeys keys;
    private final Deque<PoolName> left = new ArrayDeque<>();
    private String cursor = FIRST;
    private Map<PodName, Seen> seen = new LinkedHashMap<>();
    private boolean inRound;

    public RedisPanorama(RedisStore store, Supplier<TierConfig> config) {
        this.store = store;
        this.keys = new PoolKeys(store, config);
    }

    @Override
    public Optional<Collection<Seen>> turn() {
        try {
            if (!inRound) begin();
            for (int pages = 0; !left.isEmpty() && pages < MOST_PAGES; pages++) page(left.getFirst());
        } catch (RuntimeException e) {
            inRound = false;
            throw e;
        }
        if (!left.isEmpty()) return Optional.empty();
        inRound = false;
        return Optional.of(seen.values());
    }

    private void begin() {
        left.clear();
        left.addAll(keys.all().keySet());
        cursor = FIRST;
        seen = new LinkedHashMap<>();
        inRound = true;
    }

    private void page(PoolName pool) {
        var reply = store.runForLoop("glance", List.of(pool.value(), cursor));
        cursor = reply.text(0);
        for (var pod : reply.lists(1)) { // a scan may name one twice, and a pod may move meanwhile
            var one = RedisUpkeep.seen(pod);
            seen.put(one.pod(), one);
        }
        if (cursor.equals(FIRST)) left.removeFirst();
    }
}
