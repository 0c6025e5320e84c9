package dev.smartrouter.auth;

import static dev.smartrouter.auth.Refusals.Reason;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Says who may come in: whoever holds a key of the right role, or, where no keys are set, whoever is from near by. */
public final class Doorkeeper {
    private static final String BEARER = "Bearer ";

    private final AuthMode mode;
    private final Supplier<ApiKeys> keys;

    public Doorkeeper(AuthMode mode, Supplier<ApiKeys> keys) {
        this.mode = mode;
        this.keys = keys;
    }

    boolean isOff() {
        return mode == AuthMode.OFF;
    }

    /** Why this caller may not have what needs this; empty if it may. */
    Optional<Reason> objection(Need need, HttpServletRequest request) {
        if (isOff() || !need.isKey()) return Optional.empty();
        var known = keys.get();
        if (known.isEmpty()) {
            return mode == AuthMode.AUTO && Nearby.is(request) ? Optional.empty() : Optional.of(Reason.OUTSIDE);
        }
        var key = key(request);
        if (key == null) return Optional.of(Reason.NO_KEY);
        return known.roleOf(key)
                .map(role -> need.isMetBy(role) ? Optional.<Reason>empty() : Optional.of(Reason.ROLE))
                .orElse(Optional.of(Reason.WRONG_KEY));
    }

    /** As a bearer's (RFC 6750), which the voice agent's client sends, or else in a header of its own. */
    private static @Nullable String key(HttpServletRequest request) {
        var header = request.getHeader("Authorization");
        if (header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return header.substring(BEARER.length()).strip();
        }
        return request.getHeader("X-API-Key");
    }
}
