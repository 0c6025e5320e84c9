package dev.smartrouter.simulator.crash;

import dev.smartrouter.CallSid;
import dev.smartrouter.MerchantId;
import dev.smartrouter.call.AllocationResult;
import dev.smartrouter.call.Allocator;
import dev.smartrouter.call.CallRequest;
import dev.smartrouter.call.Chains;
import dev.smartrouter.call.RecordedEvents;
import dev.smartrouter.call.ReleaseResult;
import dev.smartrouter.call.Releaser;
import dev.smartrouter.call.StreamUrl;
import dev.smartrouter.call.WaitingRoom;
import dev.smartrouter.pool.Origin;
import dev.smartrouter.pool.Pools;
import dev.smartrouter.pool.Recovery;
import dev.smartrouter.pool.RedisRouter;
import dev.smartrouter.pool.Roster;
import dev.smartrouter.pool.StoreFixture;
import dev.smartrouter.pool.StoreUnavailableException;
import dev.smartrouter.pool.Upkeep;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A router from its resources down, without loops: it asks the store only what it is told to. */
final class Desk implements AutoCloseable {
    private final RedisRouter router;
    private final Allocator allocator;
    private final Releaser releaser;

    Desk(String url, String prefix) {
        router = new RedisRouter(url, prefix, StoreFixture.CONFIG);
        var events = new RecordedEvents();
        allocator = new Allocator(
                router.pools(),
                new Chains(() -> StoreFixture.CONFIG, events),
                new StreamUrl("wss://agents", StreamUrl.DEFAULT_TEMPLATE),
                new WaitingRoom(router.store().gate(), System::nanoTime),
                events);
        releaser = new Releaser(router.pools(), events);
    }

    /** Both its connections are up, and no exchange is under way. */
    Desk connected() {
        recovery().expiring(Instant.EPOCH, 1);
        var unused = pools().census();
        return this;
    }

    AllocationResult allocate(String call) {
        return allocate(call, Optional.empty());
    }

    AllocationResult allocate(String call, Optional<MerchantId> merchant) {
        return allocator.allocate(new CallRequest(new CallSid(call), merchant, Origin.UNKNOWN, Duration.ZERO));
    }

    ReleaseResult release(String call) {
        return releaser.release(new CallSid(call), "");
    }

    Pools pools() {
        return router.pools();
    }

    Roster roster() {
        return router.roster();
    }

    Upkeep upkeep() {
        return router.upkeep();
    }

    Recovery recovery() {
        return router.recovery();
    }

    RedisRouter router() {
        return router;
    }

    /** On Redis's clock. */
    Instant now() {
        return router.now();
    }

    /** Whether Redis has heard every release. */
    boolean hasNothingUnheard() {
        return router.pools().unheard().isEmpty();
    }

    /** One turn of the loops that mend what a call met. */
    void mend() {
        try {
            recovery().beat("desk"); // it hears that the gate is open
        } catch (StoreUnavailableException e) {
            return;
        }
        router.abandoned().tick();
        router.pools().unheard().tick();
    }

    @Override
    public void close() {
        router.close();
    }
}
