package dev.smartrouter.loadtest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A simulation that ran to its end in a process of its own, as {@code make load} runs it.
 *
 * @param exit 0 if every assertion held, 2 if one did not
 */
record Run(int exit, List<String> output) {
    static final int HELD = 0;
    static final int FAILED = 2;

    /** Small, for a build server that has other things to do; a provider waits for 15 s before it gives a call up. */
    private static final Map<String, String> SHORT = Map.of(
            "WARMUP", "1",
            "MINUTES", "0.1",
            "CALLS", "20",
            "TALK", "0.2",
            "P99", "15000",
            "ERRORS", "5",
            "BURST_P99", "10000",
            "SICK_P99", "15000");

    /** @param line is told each line of its output as it comes */
    static Run of(String simulation, Target target, Map<String, String> settings, Consumer<String> line) {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var builder = new ProcessBuilder(
                        java,
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "--add-opens=java.base/java.lang=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.gatling.app.Gatling",
                        "-s",
                        Run.class.getPackageName() + "." + simulation,
                        "-rf",
                        Path.of(System.getProperty("build.directory"), "gatling")
                                .toString())
                .redirectErrorStream(true);
        builder.environment().putAll(variables(target, settings));
        var output = new ArrayList<String>();
        try {
            var process = builder.start();
            try (var reader = process.inputReader(StandardCharsets.UTF_8)) {
                reader.lines().peek(line).forEach(output::add);
                return new Run(process.waitFor(), output);
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> variables(Target target, Map<String, String> settings) {
        var variables = new HashMap<>(SHORT);
        variables.put("URL", target.url().toString());
        target.admin().ifPresent(admin -> variables.put("ADMIN", admin.toString()));
        target.desk().ifPresent(desk -> variables.put("DESK", desk.toString()));
        variables.putAll(settings);
        return variables;
    }

    /** What it said after the load, for whoever wonders why. */
    String lastWords() {
        return String.join("\n", output.subList(Math.max(0, output.size() - 60), output.size()));
    }
}
