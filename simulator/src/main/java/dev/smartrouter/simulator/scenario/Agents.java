package dev.smartrouter.simulator.scenario;

import java.time.Duration;

/**
 * The voice agents' StatefulSet at the start of the story.
 *
 * @param grace from a pod's deletion to its SIGKILL, at most
 * @param start from a pod's birth to its being ready
 */
public record Agents(int replicas, Duration grace, Duration start) {
    public Agents {
        if (replicas < 1 || replicas > 1_000)
            throw new Wrong("replicas", "must be from 1 to 1000 pods, not " + replicas);
        Times.positive("grace", grace);
        Times.notNegative("start", start);
    }

    /** The same in a story told faster. */
    public Agents scaled(double speed) {
        var pace = new Pace(speed);
        return new Agents(replicas, pace.of(grace), pace.of(start));
    }
}
