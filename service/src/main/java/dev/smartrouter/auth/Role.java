package dev.smartrouter.auth;

/** What the holder of a key may do; each may also do what those before it may. */
public enum Role {
    /** Look at calls, pods, figures. */
    READ,
    /** Allocate and release: the voice agent. */
    ALLOCATE,
    /** Everything: drain pods, verify and repair the store. */
    OPERATE
}
