package dev.smartrouter.provider;

/** Hears what came of looking at a webhook's proof. Called from request threads. */
@FunctionalInterface
public interface WebhookChecks {
    void checked(String provider, Outcome outcome);

    /** What came of it. */
    enum Outcome {
        ACCEPTED,
        /** It proved nothing, and was refused. */
        REFUSED,
        /** It proved nothing, and was served all the same: the mode is {@link WebhookMode#LOG}. */
        TOLERATED
    }
}
