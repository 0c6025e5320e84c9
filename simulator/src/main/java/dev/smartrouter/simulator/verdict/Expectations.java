package dev.smartrouter.simulator.verdict;

import java.time.Duration;
import java.util.Optional;

/**
 * What a scenario may ask of the routers, where the promises leave room.
 *
 * @param notice how long a router may need to learn what became of a pod; longer than any cut of the Kubernetes API
 * @param settings how long a router may act on an older tier config (the service promises 30 s)
 * @param settling how long the store may need to become whole after the last call
 * @param refusals the greatest share of calls, 0 to 1, that may be refused; empty: any
 * @param cutCalls whether a pod that ends may take its calls with it, as one that crashes does; if not, pods are to end
 *     only when their calls have
 */
public record Expectations(
        Duration notice, Duration settings, Duration settling, Optional<Double> refusals, boolean cutCalls) {
    /** Two watchers tell of one moment, the one a little later than the other; never by more than this. */
    static final Duration CLOSE = Duration.ofSeconds(2);

    public static final Expectations USUAL = new Expectations(
            Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofSeconds(30), Optional.empty(), true);

    /** @throws IllegalArgumentException if a duration is negative or the share is none */
    public Expectations {
        if (notice.isNegative() || settings.isNegative() || settling.isNegative()) {
            throw new IllegalArgumentException(
                    "no time may be negative: " + notice + ", " + settings + ", " + settling);
        }
        refusals.filter(share -> !(share >= 0 && share <= 1)).ifPresent(share -> {
            throw new IllegalArgumentException("the share of refusals must be from 0 to 1: " + share);
        });
    }
}
