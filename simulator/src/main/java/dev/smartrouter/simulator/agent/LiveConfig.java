package dev.smartrouter.simulator.agent;

/** Where an agent reads its flags, anew for each call. */
public interface LiveConfig {
    Flags flags();
}
