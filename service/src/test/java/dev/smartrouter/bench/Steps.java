package dev.smartrouter.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** What the steps of a request cost inside one process, by JMH: run by {@code make bench-steps}. */
public final class Steps {
    private Steps() {}

    /** @param args the Markdown file to write */
    public static void main(String[] args) throws IOException, RunnerException {
        Locale.setDefault(Locale.ROOT);
        var options = new OptionsBuilder()
                .include("dev\\.smartrouter\\..*Benchmark")
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.MICROSECONDS)
                .addProfiler(GCProfiler.class)
                .forks(3)
                .jvmArgs(RouterApart.SHIPPED.toArray(String[]::new))
                .warmupIterations(3)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(5)
                .measurementTime(TimeValue.seconds(1))
                .build();
        Files.writeString(Path.of(args[0]), page(new Runner(options).run()));
        System.out.println(Files.readString(Path.of(args[0])));
    }

    private static String page(Collection<RunResult> results) {
        var rows = new StringBuilder();
        results.stream().sorted(Comparator.comparing(Steps::name)).forEach(result -> rows.append(row(result)));
        return """
                # What the steps of a request cost

                Written by `make bench-steps`, by JMH: each step alone, again and again, on one core of this machine, with the
                collector that ships. In a router they come between others' work and cost more; what a whole request costs is in
                [performance.md](performance.md).

                | step | us | +/- | bytes allocated |
                |---|---|---|---|
                %s""".formatted(rows);
    }

    private static String row(RunResult result) {
        var time = result.getPrimaryResult();
        var bytes = result.getSecondaryResults().get("gc.alloc.rate.norm");
        return "| %s | %.2f | %.2f | %,.0f |%n"
                .formatted(name(result), time.getScore(), time.getScoreError(), bytes.getScore());
    }

    /** {@code WebhookBenchmark.readTheForm} is "webhook: read the form". */
    private static String name(RunResult result) {
        var parts = result.getParams().getBenchmark().split("\\.");
        var step = parts[parts.length - 1].replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
        var whose = parts[parts.length - 2].replace("Benchmark", "").replaceAll("(?<=.)([A-Z])", " $1");
        return whose.toLowerCase(Locale.ROOT) + ": " + step;
    }
}
