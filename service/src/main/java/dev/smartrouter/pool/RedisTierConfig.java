package dev.smartrouter.pool;

import dev.smartrouter.tier.TierConfigStore;
import java.util.List;
import java.util.Optional;

/** The tier config's home in Redis: one key, which an operator may write. */
public final class RedisTierConfig implements TierConfigStore {
    private final RedisStore store;

    public RedisTierConfig(RedisStore store) {
        this.store = store;
    }

    @Override
    public Optional<String> read() {
        var reply = store.runForLoop("tier_config", List.of(""));
        return reply.flag(1) ? Optional.of(reply.text(2)) : Optional.empty();
    }

    @Override
    public boolean seed(String text) {
        return store.runForLoop("tier_config", List.of(text)).flag(0);
    }
}
