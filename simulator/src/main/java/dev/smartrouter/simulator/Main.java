package dev.smartrouter.simulator;

import dev.smartrouter.app.InvalidSettingException;
import dev.smartrouter.simulator.scenario.ScenarioFile;
import dev.smartrouter.simulator.scenario.WrongScenarioException;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;
import org.slf4j.bridge.SLF4JBridgeHandler;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The simulator's command line. */
@Command(
        name = "simulator",
        description = "Everything around the router, on this machine.",
        subcommands = {
            RunCommand.class,
            SimCommand.class,
            BreakCommand.class,
            StackCommand.class,
            AgentCommand.class,
            Main.Scenarios.class
        })
public final class Main {
    /** What was asked for cannot be had; one line on stderr said why. */
    static final int CANNOT = 1;

    private Main() {}

    /** Exits with 0, with 1 and one line on stderr if something it needs cannot be had, with 2 if used wrongly. */
    public static void main(String[] args) {
        System.exit(run(args));
    }

    static int run(String... args) {
        SLF4JBridgeHandler.removeHandlersForRootLogger(); // what libraries say is kept with the rest
        SLF4JBridgeHandler.install();
        return new CommandLine(new Main())
                .setExecutionExceptionHandler((e, line, parsed) -> {
                    if (!isExpected(e)) throw e;
                    line.getErr().println(e.getMessage());
                    return CANNOT;
                })
                .execute(args);
    }

    private static boolean isExpected(Exception e) {
        return e instanceof WrongScenarioException
                || e instanceof InvalidSettingException
                || e instanceof UncheckedIOException // a port that is taken
                || e instanceof IllegalStateException
                || e instanceof IllegalArgumentException;
    }

    /** What there is to tell. */
    @Command(name = "scenarios", description = "Lists the scenarios that are shipped.")
    static final class Scenarios implements Callable<Integer> {
        @Override
        public Integer call() {
            for (var name : ScenarioFile.names()) {
                System.out.printf("%-22s %s%n", name, ScenarioFile.shipped(name).about());
            }
            return 0;
        }
    }
}
