package dev.smartrouter.app;

/** Whether provider signatures and API tokens are checked: if a secret is set, always, or never. */
public enum AuthMode {
    AUTO,
    ENFORCE,
    OFF
}
