package dev.smartrouter.call;

import dev.smartrouter.MerchantId;
import dev.smartrouter.PoolName;
import dev.smartrouter.call.AllocationResult.Allocated;
import dev.smartrouter.call.AllocationResult.AlreadyAllocated;
import dev.smartrouter.call.AllocationResult.Limited;
import dev.smartrouter.call.AllocationResult.NoCapacity;
import dev.smartrouter.call.AllocationResult.Recovering;
import dev.smartrouter.call.AllocationResult.Refused;
import dev.smartrouter.call.AllocationResult.Unavailable;
import dev.smartrouter.pool.Allocation;
import dev.smartrouter.pool.Claim;
import dev.smartrouter.pool.ClaimRequest;
import dev.smartrouter.pool.Pools;
import dev.smartrouter.pool.StoreUnavailableException;
import dev.smartrouter.tier.FallbackChain;
import dev.smartrouter.tier.Step;
import java.util.List;
import java.util.Optional;

/** Gives a call exactly one pod, the same however often it asks. */
public final class Allocator {
    /** A store that says something new each time is not worth more of a caller's seconds. */
    private static final int MOST_CLAIMS = 16;

    private final Pools pools;
    private final Chains chains;
    private final StreamUrl urls;
    private final WaitingRoom waitingRoom;
    private final CallEvents events;

    public Allocator(Pools pools, Chains chains, StreamUrl urls, WaitingRoom waitingRoom, CallEvents events) {
        this.pools = pools;
        this.chains = chains;
        this.urls = urls;
        this.waitingRoom = waitingRoom;
        this.events = events;
    }

    /** Asks the store, waits at most the request's patience if it is closed, and tells {@link CallEvents} the end. */
    public AllocationResult allocate(CallRequest request) {
        var result = ask(request);
        switch (result) {
            case Allocated(var allocation) -> events.allocated(request, allocation);
            case AlreadyAllocated(var allocation) -> events.replayed(request, allocation);
            case Refused why -> events.refused(request, why);
        }
        return result;
    }

    private AllocationResult ask(CallRequest request) {
        try {
            return claim(request);
        } catch (StoreUnavailableException e) {
            return new Unavailable();
        }
    }

    private AllocationResult claim(CallRequest request) {
        var visit = waitingRoom.enter(request.patience());
        var merchant = request.merchant();
        for (var claims = 0; claims < MOST_CLAIMS; claims++) {
            var resolved = chains.resolve(merchant);
            switch (claim(request, merchant, resolved)) {
                case Claim.Claimed(var allocation) -> {
                    return new Allocated(complete(allocation));
                }
                case Claim.Held(var allocation) -> {
                    return new AlreadyAllocated(complete(allocation));
                }
                case Claim.Full full -> {
                    return new NoCapacity(poolsOf(resolved.chain()));
                }
                case Claim.Limited(var limit) -> {
                    return new Limited(limit);
                }
                case Claim.Late late -> {
                    return new Unavailable();
                }
                case Claim.Closed closed -> {
                    if (!visit.untilOpen()) return new Recovering();
                }
                case Claim.ConfigChanged(var text) -> merchant = learn(merchant, resolved.text(), text);
            }
        }
        return new Recovering();
    }

    private Claim claim(CallRequest request, Optional<MerchantId> merchant, Chains.Resolved resolved) {
        return pools.claim(new ClaimRequest(
                request.call(),
                merchant,
                resolved.text(),
                resolved.chain(),
                resolved.limits(),
                request.origin(),
                urls.onAnyPod(request)));
    }

    /**
     * The merchant to ask for from now on. A store that objects to the very text it told has one that does not survive
     * the way here and back (it is no UTF-8): then nobody's default serves the call, rather than nothing.
     */
    private Optional<MerchantId> learn(Optional<MerchantId> merchant, String sent, String text) {
        var whose = merchant.orElseThrow(() -> new IllegalStateException("no merchant, yet its config changed"));
        if (text.equals(sent)) {
            events.merchantConfigUnreadable(whose, "merchant config must be UTF-8");
            return Optional.empty();
        }
        chains.learn(whose, text);
        return merchant;
    }

    private Allocation complete(Allocation allocation) {
        var url = urls.forProvider(allocation);
        if (url.equals(allocation.wsUrl())) return allocation;
        return new Allocation(
                allocation.call(),
                allocation.pod(),
                allocation.incarnation(),
                allocation.source(),
                allocation.merchant(),
                allocation.allocatedAt(),
                allocation.origin(),
                allocation.tried(),
                url,
                allocation.restored());
    }

    private static List<PoolName> poolsOf(FallbackChain chain) {
        return chain.steps().stream().map(Step::pool).toList();
    }
}
