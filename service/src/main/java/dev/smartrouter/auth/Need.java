package dev.smartrouter.auth;

import org.jspecify.annotations.Nullable;

/** What a path asks of its callers. */
public enum Need {
    /** Nothing: a probe, which tells nothing. */
    NOTHING(null),
    /** A provider's own proof, which is looked at elsewhere. */
    SIGNATURE(null),
    /** A stream's pass, which the answer is about. */
    PASS(null),
    READ(Role.READ),
    ALLOCATE(Role.ALLOCATE),
    OPERATE(Role.OPERATE),
    /** To look, as {@link #READ}; to change, as {@link #OPERATE}. */
    CONFIGURE(Role.OPERATE);

    private final @Nullable Role least;

    Need(@Nullable Role least) {
        this.least = least;
    }

    /** What it comes to for a request of this method. */
    public Need by(String method) {
        if (this != CONFIGURE) return this;
        return method.equals("GET") || method.equals("HEAD") ? READ : OPERATE;
    }

    boolean isKey() {
        return least != null;
    }

    boolean isMetBy(Role role) {
        return least == null || role.compareTo(least) >= 0;
    }
}
