package dev.smartrouter.simulator;

import dev.smartrouter.simulator.scenario.ScenarioFile;
import dev.smartrouter.simulator.scenario.Schedule;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How many calls with audio both ways one JVM carries, with all that is around them: {@code make bench} writes what came
 * of it into a file.
 */
public final class CostOfMedia {
    private CostOfMedia() {}

    /** @param args the file to write */
    public static void main(String[] args) throws Exception {
        var table = new StringBuilder("""
                # What calls with audio cost on a laptop

                Written by `make bench`. Everything in one JVM: %d cores, %d MB of heap at most, Redis beside it; load average at the start %.1f.
                Each call sends and hears a frame at its time; lateness is how much later than due a frame was sent, echo how long it took to come back.

                | calls at once | frame | frames sent | late p50 | late p99 | echo p99 | processor | promises |
                |---|---|---|---|---|---|---|---|
                """.formatted(
                        Runtime.getRuntime().availableProcessors(),
                        Runtime.getRuntime().maxMemory() >> 20,
                        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()));
        table.append(row(20, 20)); // warms up, and is a row of its own
        table.append(row(200, 20));
        table.append(row(500, 100));
        Files.writeString(Path.of(args[0]), table);
        System.out.print(table);
        System.exit(0);
    }

    private static String row(int calls, int frameMs) throws IOException, InterruptedException {
        var file = Files.createTempFile("media", ".yaml");
        Files.writeString(file, """
                about: As many calls at once as there are agents.
                lasts: 20s
                routers: {count: 1}
                agents: {replicas: %1$d, start: 0s}
                tiers:
                  gold: {type: exclusive, target: %1$d}
                  default_chain: [gold]
                calls:
                  - arrive: {burst: {calls: %1$d, at: 1s, over: 15s}}
                    talk: {fixed: 30s}
                    providers: {twilio: 1, plivo: 1}
                """.formatted(calls));
        var scenario = ScenarioFile.read(file);
        var schedule = Schedule.of(scenario, 1);
        var settings = new WorldSettings(
                scenario, 1, WorldSettings.Ports.FREE, Map.of(), Optional.empty(), Duration.ofMillis(frameMs));
        var processor = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        try (var world = new World(settings, schedule);
                var telling = new Telling(world, schedule)) {
            var began = System.nanoTime();
            var used = processor.getProcessCpuTime();
            telling.begin();
            telling.awaitEnd();
            var verdict = telling.verdict();
            var cores = (processor.getProcessCpuTime() - used) / (double) (System.nanoTime() - began);
            var late = world.carriers().lateness();
            return "| %d | %d ms | %,d | %.1f ms | %.1f ms | %.1f ms | %.2f cores | %s |%n"
                    .formatted(
                            calls,
                            frameMs,
                            late.count(),
                            late.quantile(0.5).toNanos() / 1e6,
                            late.quantile(0.99).toNanos() / 1e6,
                            world.carriers().echoes().quantile(0.99).toNanos() / 1e6,
                            cores,
                            verdict.isKept() ? "kept" : verdict.words());
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
