package dev.smartrouter.pool.proof;

import dev.smartrouter.pool.RedisServerFixture;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.params.RestoreParams;

/** The scripts on a real Redis, one at a time, each with a snapshot of what it left; and the hands of fate on it. */
final class Store implements AutoCloseable {
    static final String P = "voice:";
    static final String ANCHOR = P + "state:gen";
    static final long LEASE_TTL_MS = 86_400_000;
    private static final long CLOCK_MS = 1_800_000_000_000L;

    private final Jedis jedis = RedisServerFixture.shared().connect();
    private final Map<String, String> shas = new HashMap<>();
    private final String snapshotSha;
    private final String shiftSha;
    private long skew;
    private int process;
    private Snapshot now = Snapshot.EMPTY;

    /** What a script said. */
    record Reply(List<?> values, String error) {
        boolean failed() {
            return error != null;
        }

        String verdict() {
            return failed() ? "ERROR" : values.isEmpty() ? "" : String.valueOf(values.getFirst());
        }

        String at(int index) {
            return (String) values.get(index);
        }

        @Override
        public String toString() {
            return failed() ? "ERROR " + error : values.toString();
        }
    }

    /** The keyspace at an earlier moment; a TTL is kept as the time it ends. */
    record Dump(Map<String, byte[]> values, Map<String, Long> expireAt) {}

    Store(Scripts scripts) {
        scripts.texts().keySet().forEach(name -> shas.put(name, jedis.scriptLoad(scripts.text(name))));
        snapshotSha = jedis.scriptLoad(Scripts.read("/dev/smartrouter/pool/proof/snapshot.lua"));
        shiftSha = jedis.scriptLoad(Scripts.read("/dev/smartrouter/pool/proof/shift.lua"));
    }

    /** Empties Redis and stops the clock anew. */
    void reset() {
        jedis.flushAll();
        skew = 0;
        process = 1;
        jedis.set("stage:run_id", "1");
        now = Snapshot.EMPTY;
    }

    /** The time on Redis's clock, ms. */
    long time() {
        return CLOCK_MS + skew;
    }

    Snapshot now() {
        return now;
    }

    Reply run(String script, Object... arguments) {
        skew++; // no two transitions at the same ms
        var all = new ArrayList<String>(arguments.length + 2);
        all.add(Long.toString(skew));
        all.add(Long.toString(LEASE_TTL_MS));
        for (var argument : arguments) all.add(String.valueOf(argument));
        var pipeline = jedis.pipelined();
        var said = pipeline.evalsha(shas.get(script), List.of(ANCHOR), all);
        var left = pipeline.evalsha(snapshotSha, List.of(ANCHOR), List.of());
        pipeline.sync();
        now = Snapshot.of((List<?>) left.get());
        try {
            return new Reply((List<?>) said.get(), null);
        } catch (JedisDataException e) {
            return new Reply(List.of(), e.getMessage());
        }
    }

    void look() {
        now = Snapshot.of((List<?>) jedis.evalsha(snapshotSha, List.of(ANCHOR), List.of()));
    }

    void pass(long ms) {
        jedis.evalsha(shiftSha, List.of(ANCHOR), List.of(Long.toString(ms)));
        skew += ms;
        look();
    }

    /** Another Redis process took over, with what is in it now. */
    void restart() {
        jedis.set("stage:run_id", Integer.toHexString(++process));
    }

    void clear() {
        jedis.flushAll();
        jedis.set("stage:run_id", Integer.toHexString(process));
        look();
    }

    /** A hand on the keys; look() afterwards. */
    Jedis hand() {
        return jedis;
    }

    Dump dump() {
        var names = new ArrayList<>(now.keys().keySet());
        var pipeline = jedis.pipelined();
        var dumps = names.stream().map(name -> pipeline.dump(P + name)).toList();
        var ttls = names.stream().map(name -> pipeline.pttl(P + name)).toList();
        pipeline.sync();
        var values = new HashMap<String, byte[]>();
        var expireAt = new HashMap<String, Long>();
        for (var i = 0; i < names.size(); i++) {
            values.put(names.get(i), dumps.get(i).get());
            var ttl = ttls.get(i).get();
            if (ttl >= 0) expireAt.put(names.get(i), time() + ttl);
        }
        return new Dump(values, expireAt);
    }

    void load(Dump dump) {
        jedis.flushAll();
        jedis.set("stage:run_id", Integer.toHexString(process));
        var pipeline = jedis.pipelined();
        dump.values().forEach((name, value) -> {
            var end = dump.expireAt().get(name);
            if (end == null) pipeline.restore(P + name, 0, value, RestoreParams.restoreParams());
            else if (end > time()) pipeline.restore(P + name, end - time(), value, RestoreParams.restoreParams());
        });
        pipeline.sync();
        look();
    }

    byte[] dump(String name) {
        return jedis.dump(P + name);
    }

    @Override
    public void close() {
        jedis.close();
    }
}
