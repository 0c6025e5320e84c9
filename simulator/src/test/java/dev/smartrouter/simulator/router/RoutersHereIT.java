package dev.smartrouter.simulator.router;

import org.junit.jupiter.api.AfterEach;

/** Routers in this process. */
class RoutersHereIT implements RouterFleetContract {
    private final Surroundings around = new Surroundings();

    @AfterEach
    void close() {
        around.close();
    }

    @Override
    public Surroundings around() {
        return around;
    }

    @Override
    public FleetSettings settings() {
        return FleetSettings.here(3, around.environment());
    }
}
