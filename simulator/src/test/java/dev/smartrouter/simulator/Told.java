package dev.smartrouter.simulator;

import dev.smartrouter.simulator.scenario.Scenario;
import dev.smartrouter.simulator.scenario.Schedule;
import dev.smartrouter.simulator.verdict.Report;
import dev.smartrouter.simulator.verdict.Story;
import dev.smartrouter.simulator.verdict.Verdict;
import java.nio.file.Path;

/** A story told from its beginning to its verdict, on a world of its own; if it broke a promise, with a report. */
final class Told {
    private Told() {}

    static Verdict verdict(Scenario scenario, long seed, double speed) throws InterruptedException {
        return verdict(WorldSettings.of(scenario, speed), seed);
    }

    static Verdict verdict(WorldSettings settings, long seed) throws InterruptedException {
        var schedule = Schedule.of(settings.scenario(), seed).scaled(settings.speed());
        try (var world = new World(settings, schedule);
                var telling = new Telling(world, schedule)) {
            telling.begin();
            telling.awaitEnd();
            var verdict = telling.verdict();
            if (!verdict.isKept()) {
                var name = settings.scenario().name();
                var story = new Story(settings.scenario().about(), name, seed, settings.speed());
                new Report(story, verdict, world.judge().series())
                        .write(Path.of("target", "broken", name + "-" + seed));
            }
            return verdict;
        }
    }
}
