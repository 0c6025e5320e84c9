package dev.smartrouter.pool;

/**
 * The settings that live in the store, of which a router has a copy.
 *
 * @param tierConfig reads the tier config, and writes it back where there is none
 */
public record StoredSettings(Runnable tierConfig, MerchantMemory merchants, PoolModes modes) {
    void remember() {
        merchants.ensureLearned();
    }

    void learn() {
        tierConfig.run();
    }

    void putBack() {
        tierConfig.run();
        merchants.putBack();
    }

    void setModes() {
        modes.ensure();
    }
}
