package dev.smartrouter.simulator.provider;

/** How a call ended, for its status callback; each provider has words of its own. */
enum Outcome {
    COMPLETED,
    CANCELED,
    NO_ANSWER,
    BUSY,
    FAILED
}
