package dev.smartrouter.simulator;

import dev.smartrouter.simulator.scenario.Scenario;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What a world is made of.
 *
 * @param speed seconds of the story in one of this machine
 * @param environment settings of the routers that win over the scenario's; a REDIS_URL among them names a Redis to use
 * @param shadow classes and scripts that the routers find before their own; they are processes of their own then
 * @param frame of audio, the time that one of Twilio's or Plivo's holds
 */
record WorldSettings(
        Scenario scenario,
        double speed,
        Ports ports,
        Map<String, String> environment,
        Optional<Path> shadow,
        Duration frame) {
    WorldSettings {
        environment = Map.copyOf(environment);
    }

    /**
     * Each 0 if any free one will do; if all are, Redis takes any as well, else its usual one if that is free.
     *
     * @param http of all routers together, as a Service has it
     * @param metrics likewise
     * @param gateway of the callers' audio
     */
    record Ports(int http, int metrics, int gateway) {
        static final Ports FREE = new Ports(0, 0, 0);
    }

    static WorldSettings of(Scenario scenario, double speed) {
        return new WorldSettings(scenario, speed, Ports.FREE, Map.of(), Optional.empty(), Duration.ofMillis(20));
    }

    WorldSettings on(Ports changed) {
        return new WorldSettings(scenario, speed, changed, environment, shadow, frame);
    }

    WorldSettings with(Map<String, String> changed) {
        return new WorldSettings(scenario, speed, ports, changed, shadow, frame);
    }

    WorldSettings shadowedBy(Path changed) {
        return new WorldSettings(scenario, speed, ports, environment, Optional.of(changed), frame);
    }

    /** A duration of the story, on this machine. */
    Duration scaled(Duration story) {
        return Duration.ofNanos(Math.round(story.toNanos() / speed));
    }
}
