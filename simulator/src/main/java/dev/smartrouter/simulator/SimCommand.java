package dev.smartrouter.simulator;

import dev.smartrouter.simulator.scenario.ScenarioFile;
import dev.smartrouter.simulator.scenario.Schedule;
import dev.smartrouter.simulator.verdict.LiveView;
import dev.smartrouter.simulator.verdict.Report;
import dev.smartrouter.simulator.verdict.Story;
import dev.smartrouter.simulator.verdict.Verdict;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells a scenario and judges it; the exit code is the verdict. */
@Command(
        name = "sim",
        description = "Tells a scenario on this machine and judges it. Exits with 0 if every promise was kept.")
final class SimCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "SCENARIO",
            description = "a shipped scenario's name (see 'scenarios'), or a file that ends in .yaml")
    private String scenario = "";

    @Option(names = "--seed", defaultValue = "1", description = "what chance decides follows from it")
    private long seed;

    @Option(names = "--speed", defaultValue = "1", description = "how much faster the story is told, 1 to 100")
    private double speed;

    @Option(names = "--report", defaultValue = "target/sim", description = "the folder for report.html and report.json")
    private Path folder = Path.of("target/sim");

    @Override
    public Integer call() throws InterruptedException {
        var told = ScenarioFile.find(scenario);
        var schedule = Schedule.of(told, seed).scaled(speed);
        try (var world = new World(WorldSettings.of(told, speed).with(System.getenv()), schedule);
                var telling = new Telling(world, schedule)) {
            System.out.printf(
                    "%s: %s%n%d calls, %d happenings, seed %d, speed %s%n",
                    told.name(),
                    told.about(),
                    schedule.calls().size(),
                    schedule.happenings().size(),
                    seed,
                    speed);
            var verdict = judged(world, telling);
            var report = new Report(
                    new Story(told.about(), told.name(), seed, speed),
                    verdict,
                    world.judge().series());
            System.out.println(verdict.words());
            verdict.broken().stream().limit(10).forEach(broken -> System.out.println("  " + broken));
            System.out.println("report: " + report.write(folder.resolve(told.name() + "-" + seed)));
            return verdict.exitCode();
        }
    }

    private Verdict judged(World world, Telling telling) throws InterruptedException {
        var view = new LiveView(System.out, 100, CommandLine.Help.Ansi.AUTO.enabled());
        try (var painter = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("view").factory())) {
            telling.begin();
            var every = view.every().toMillis();
            var unused = painter.scheduleWithFixedDelay(
                    () -> view.show(world.judge().glance(speed)), every, every, TimeUnit.MILLISECONDS);
            telling.awaitEnd();
            var verdict = telling.verdict();
            painter.shutdownNow();
            return verdict;
        }
    }
}
