package dev.smartrouter.app;

import ch.qos.logback.classic.Level;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.smartrouter.command.Exit;
import io.dropwizard.logging.common.BootstrapLogging;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code check}: would a router with these very settings serve here? Asks Redis and the cluster itself; writes nothing. */
@Command(
        name = "check",
        description =
                "Would a router with these environment variables serve here? Looks at the settings, at Redis and at what"
                        + " the cluster allows. Needs no router, and writes nothing.",
        footer = {
            "",
            "Exits with 0 if it would, 1 if something is wrong, 3 if something cannot be reached.",
            "Example, in a router's pod: smart-router check"
        })
final class CheckCommand implements Callable<Integer> {
    private final Map<String, String> variables;
    private final PrintStream out;

    @Parameters(
            arity = "0..1",
            paramLabel = "CONFIG",
            description = "the configuration file that 'server' is given, if any")
    @Nullable
    Path file;

    @Option(names = "--json", description = "prints JSON, for scripts")
    boolean json;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "prints this")
    boolean help;

    CheckCommand(Map<String, String> variables, PrintStream out) {
        this.variables = variables;
        this.out = out;
    }

    @Override
    public Integer call() {
        BootstrapLogging.bootstrap(Level.OFF); // what is found is said once, here
        var found = new Checks(variables, Optional.ofNullable(file)).all();
        if (json) printJson(found);
        else found.forEach(each -> out.println(each.line()));
        if (found.stream().anyMatch(each -> each.verdict() == Checks.Verdict.WRONG)) return Exit.FOUND;
        return found.stream().anyMatch(each -> each.verdict() == Checks.Verdict.UNREACHABLE)
                ? Exit.UNREACHABLE
                : Exit.FINE;
    }

    private void printJson(List<Checks.Found> found) {
        try {
            out.println(JsonMapper.builder().build().writeValueAsString(Map.of("checks", found)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a list can always be written", e);
        }
    }
}
