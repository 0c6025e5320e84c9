package dev.smartrouter.provider;

/** How a provider proves that a webhook comes from it. */
@FunctionalInterface
interface Proof {
    boolean holds(SentWebhook webhook);
}
