package dev.smartrouter.provider;

/** What is done about a webhook that does not prove where it comes from. */
public enum WebhookMode {
    /** Nothing: no proof is looked for. */
    OFF,
    /** It is served, counted and logged: to see whom enforcing would hit. */
    LOG,
    /** It is refused, and counted. */
    ENFORCE
}
