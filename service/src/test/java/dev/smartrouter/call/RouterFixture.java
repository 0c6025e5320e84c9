package dev.smartrouter.call;

import dev.smartrouter.PodName;
import dev.smartrouter.http.Errors;
import dev.smartrouter.pool.DrainEvents;
import dev.smartrouter.pool.DrainResource;
import dev.smartrouter.pool.Gate;
import dev.smartrouter.pool.PodResource;
import dev.smartrouter.pool.Standing;
import dev.smartrouter.pool.StatusResource;
import dev.smartrouter.pool.StoreErrors;
import dev.smartrouter.tier.TierConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A router without a store: everything from the resources down to pools that a test writes the lines of. */
public final class RouterFixture {
    /** The tiers of operations document 004. */
    public static final TierConfig TIERS = TierConfig.parse("""
            {"tiers":{
              "gold":{"type":"exclusive","target":2},
              "standard":{"type":"exclusive","target":1},
              "basic":{"type":"shared","target":1,"max_concurrent":3},
              "9shines":{"type":"exclusive","target":2}},
             "default_chain":["gold","standard","basic"]}""");

    public final StubPools pools = new StubPools();
    public final RecordedEvents events = new RecordedEvents();
    public final List<Throwable> panics = Collections.synchronizedList(new ArrayList<>());
    public final List<String> drains = Collections.synchronizedList(new ArrayList<>());
    public final Gate gate = new Gate();
    public final StreamUrl urls = new StreamUrl("wss://voice.example.com", StreamUrl.DEFAULT_TEMPLATE);
    public final Allocator allocator = new Allocator(
            pools,
            new Chains(() -> TIERS, events),
            urls,
            new WaitingRoom(gate, () -> System.nanoTime() * 1_000),
            events);
    public final Releaser releaser = new Releaser(pools, events);

    /** Resources and mappers of {@code call} and {@code pool}. A second of patience passes in a millisecond. */
    public List<Object> components() {
        return List.of(
                new AllocateResource(allocator),
                new ReleaseResource(releaser),
                new CallResource(pools, urls),
                new StreamAuthResource(StreamPasses.none(), pools, gate::isOpen),
                new DrainResource(pools, Duration.ofMinutes(6), drainEvents()),
                new PodResource(pools),
                new StatusResource(pools, () -> TIERS, () -> Standing.unelected(true)),
                new StoreErrors(),
                new Errors(panics::add));
    }

    private DrainEvents drainEvents() {
        return new DrainEvents() {
            @Override
            public void drained(PodName pod, int activeCalls) {
                drains.add("drained " + pod + " " + activeCalls);
            }

            @Override
            public void undrained(PodName pod, int activeCalls) {
                drains.add("undrained " + pod + " " + activeCalls);
            }
        };
    }
}
