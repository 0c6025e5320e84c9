package dev.smartrouter.app;

import dev.smartrouter.pool.FleetMemory;
import dev.smartrouter.pool.GateKeeper.Refill;
import dev.smartrouter.pool.Recovery.Cause;
import dev.smartrouter.tier.LiveTierConfig;

/** What a store that closed gets back besides calls, each after what it rests on: the config, the pods, their modes. */
final class StoreRefill implements Refill {
    private final LiveTierConfig tiers;
    private final FleetMemory fleet;
    private final PoolModes modes;

    StoreRefill(LiveTierConfig tiers, FleetMemory fleet, PoolModes modes) {
        this.tiers = tiers;
        this.fleet = fleet;
        this.modes = modes;
    }

    @Override
    public void remember() {
        fleet.remember();
    }

    @Override
    public void refill(Cause cause) {
        tiers.tick();
        fleet.refill(cause);
        modes.ensure();
    }
}
