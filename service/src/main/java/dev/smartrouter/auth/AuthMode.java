package dev.smartrouter.auth;

/** Whether callers of the API are asked for a key. */
public enum AuthMode {
    /** If there are keys; and if there are none, only callers from near by are served. */
    AUTO,
    /** Always; without keys there is no start. */
    ENFORCE,
    /** Never. */
    OFF
}
