package dev.smartrouter.pool;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import redis.clients.jedis.Jedis;

/** A store in a real Redis, under a prefix of its own. Time passes by the skew, and by what each TTL loses. */
public final class RedisFixture extends StoreFixture {
    private static final String SHORTEN = """
            for _, key in ipairs(redis.call('KEYS', ARGV[1] .. '*')) do
              local left = redis.call('PTTL', key)
              if left > tonumber(ARGV[2]) then redis.call('PEXPIRE', key, left - ARGV[2])
              elseif left >= 0 then redis.call('DEL', key) end
            end""";

    private final String prefix = "voice:test-" + UUID.randomUUID() + ":";
    private final Jedis redis = RedisServerFixture.shared().connect();
    private final RedisStore store;
    private final RedisPools pools;
    private final RedisRoster roster;
    private final RedisUpkeep upkeep;
    private final RedisRecovery recovery;
    private long skewMs;

    public RedisFixture() {
        store = new RedisStore(
                RedisUrl.parse(RedisServerFixture.shared().url()),
                prefix,
                Duration.ofMillis(250),
                Duration.ofHours(24),
                System::nanoTime,
                Scripts.load(),
                () -> skewMs);
        pools = new RedisPools(
                store, () -> CONFIG, CALL_TTL, new AbandonedClaims(store, "r"), new Mirror(System::nanoTime));
        roster = new RedisRoster(store, () -> CONFIG);
        upkeep = new RedisUpkeep(store, () -> CONFIG);
        recovery = new RedisRecovery(store, () -> CONFIG, CALL_TTL);
    }

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

    Panorama panorama() {
        return new RedisPanorama(store, () -> CONFIG);
    }

    @Override
    public Instant now() {
        return recovery.beat("r").now();
    }

    @Override
    public void elapse(Duration time) {
        redis.eval(SHORTEN, List.of(), List.of(prefix, Long.toString(time.toMillis())));
        skewMs += time.toMillis();
        store.clock().reset();
        recovery.beat("r"); // the router hears what time it is
    }

    @Override
    public void configure(String merchant, String text) {
        redis.hset(prefix + "merchant:config", merchant, text);
    }

    @Override
    public void flush() {
        for (var key : redis.keys(prefix + "*")) redis.del(key);
    }

    @Override
    public void close() {
        flush();
        redis.close();
        store.close();
    }
}
