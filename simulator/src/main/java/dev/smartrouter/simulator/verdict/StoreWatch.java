package dev.smartrouter.simulator.verdict;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.smartrouter.simulator.verdict.LostPods.Inventory;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Looks into the store four times a second, past every fault that is put between it and the routers: how full the pools
 * are, and how many calls each pod may carry, which the judge has to know. It only reads. A store that is gone leaves a
 * gap.
 */
public final class StoreWatch implements AutoCloseable {
    private static final int EVERY_MS = 250;
    private static final int TIMEOUT_MS = 500;
    private static final JedisClientConfig CONFIG = DefaultJedisClientConfig.builder()
            .connectionTimeoutMillis(TIMEOUT_MS)
            .socketTimeoutMillis(TIMEOUT_MS)
            .autoNegotiateProtocol(false)
            .build();

    /** Above this, every second sample is forgotten: two hours at first resolution. */
    private static final int MOST = 28_800;

    private final Supplier<URI> store;
    private final Ledger ledger;
    private final StoreReader reader;
    // Both are guarded by this.
    private final List<StoreSample> samples = new ArrayList<>();
    private @Nullable Jedis connection;

    /**
     * @param store where it is now, {@code redis://} or {@code rediss://}; asked again whenever a connection was lost
     * @param prefix of the routers' keys, such as {@code voice:}
     */
    public StoreWatch(Supplier<URI> store, String prefix, Ledger ledger) {
        this.store = store;
        this.ledger = ledger;
        this.reader = new StoreReader(prefix);
    }

    /** The scheduler is the caller's to stop, before this is closed. */
    public void start(ScheduledExecutorService scheduler) {
        var unused = scheduler.scheduleWithFixedDelay(this::tick, 0, EVERY_MS, MILLISECONDS);
    }

    /** One look; never throws. */
    synchronized void tick() {
        var at = ledger.now();
        try {
            var look = reader.look(connected());
            var capacities = new HashMap<String, Integer>();
            look.forEach(pool -> pool.assigned().forEach(pod -> capacities.put(pod, pool.capacity())));
            ledger.carry(capacities);
            keep(new StoreSample(at, look.stream().map(StoreReader.Pool::sample).toList()));
        } catch (RuntimeException e) {
            // Being gone is what some stories are about; the gap in the plot says it.
            disconnect();
            keep(new StoreSample(at, List.of()));
        }
    }

    synchronized List<StoreSample> samples() {
        return List.copyOf(samples);
    }

    synchronized Optional<StoreSample> latest() {
        return samples.isEmpty() ? Optional.empty() : Optional.of(samples.getLast());
    }

    /**
     * What the store holds about these pods, now.
     *
     * @throws JedisException if it does not answer
     */
    synchronized Inventory inventory(Collection<String> pods) {
        try {
            return reader.inventory(connected(), pods);
        } catch (JedisException e) {
            disconnect();
            throw e;
        }
    }

    @Override
    public synchronized void close() {
        disconnect();
    }

    private void keep(StoreSample sample) {
        samples.add(sample);
        if (samples.size() < MOST) return;
        var half = new ArrayList<StoreSample>();
        for (int i = 0; i < samples.size(); i += 2) half.add(samples.get(i));
        samples.clear();
        samples.addAll(half);
    }

    private Jedis connected() {
        if (connection == null) connection = new Jedis(store.get(), CONFIG);
        return connection;
    }

    private void disconnect() {
        if (connection == null) return;
        try {
            connection.close();
        } catch (JedisException e) {
            // It was broken already.
        }
        connection = null;
    }
}
