package dev.smartrouter.history;

import dev.smartrouter.history.Deed.Allocate;
import dev.smartrouter.history.Deed.Drain;
import dev.smartrouter.history.Deed.Release;
import dev.smartrouter.history.Deed.Undrain;
import java.util.Optional;

/**
 * One request of one client, as the client saw it.
 *
 * @param called when it asked, in ns on a clock that all clients share
 * @param returned when it had its answer; {@link #NEVER} if the outcome is unknown
 */
public record Operation(String client, long called, long returned, Deed deed, Outcome outcome) {
    public static final long NEVER = Long.MAX_VALUE;

    public Operation {
        if (returned < called) throw new IllegalArgumentException("answered before it was asked: " + deed);
        if (outcome.equals(Outcome.UNKNOWN)) returned = NEVER;
    }

    public boolean isKnown() {
        return !outcome.equals(Outcome.UNKNOWN);
    }

    /** Empty for an operator's deed. */
    public Optional<String> call() {
        return switch (deed) {
            case Allocate(var call, var chain) -> Optional.of(call);
            case Release(var call) -> Optional.of(call);
            case Drain drain -> Optional.empty();
            case Undrain undrain -> Optional.empty();
        };
    }

    Operation unheard() {
        return new Operation(client, called, NEVER, deed, Outcome.UNKNOWN);
    }

    @Override
    public String toString() {
        return client + ": " + deed + " = " + outcome;
    }
}
