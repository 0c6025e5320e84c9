package dev.smartrouter.pool;

import java.time.Duration;
import java.time.Instant;

/** A store in memory. */
public final class InMemoryFixture extends StoreFixture {
    private Instant now = Instant.parse("2026-06-01T12:00:00Z");
    private final InMemoryStore store = new InMemoryStore(() -> now, () -> CONFIG, CALL_TTL);
    private final InMemoryPools pools = new InMemoryPools(store);
    private final InMemoryRoster roster = new InMemoryRoster(store);
    private final InMemoryUpkeep upkeep = new InMemoryUpkeep(store);
    private final InMemoryRecovery recovery = new InMemoryRecovery(store);

    @Override
    public Pools pools() {
        return pools;
    }

    @Override
    public Roster roster() {
        return roster;
    }

    @Override
    public Upkeep upkeep() {
        return upkeep;
    }

    @Override
    public Recovery recovery() {
        return recovery;
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public void elapse(Duration time) {
        now = now.plus(time);
    }

    @Override
    public void configure(String merchant, String text) {
        store.configure(merchant, text);
    }

    @Override
    public void flush() {
        store.flush();
    }

    @Override
    public void close() {}
}
