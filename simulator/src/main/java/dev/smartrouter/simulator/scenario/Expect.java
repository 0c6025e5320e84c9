package dev.smartrouter.simulator.scenario;

import java.time.Duration;

/**
 * What the verdict may tolerate, because the day asks for more than there is.
 *
 * @param refused of the calls that asked for a pod, how many may hear an apology
 * @param notice how long after a pod is gone a router may still send calls to it; of real time at any speed
 * @param cutCalls whether a deed may end calls that are talking, since pods die with their calls
 */
public record Expect(Share refused, Duration notice, boolean cutCalls) {
    public Expect {
        Times.notNegative("notice", notice);
    }
}
