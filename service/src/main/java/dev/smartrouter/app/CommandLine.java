package dev.smartrouter.app;

import ch.qos.logback.classic.LoggerContext;
import com.codahale.metrics.MetricRegistry;
import dev.smartrouter.command.Commands;
import dev.smartrouter.command.Surroundings;
import io.dropwizard.logging.common.BootstrapLogging;
import io.dropwizard.logging.common.LoggingFactory;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/** What the jar does when it is run: {@code server [config.yml]}, {@code verify}, or a command that asks a router. */
final class CommandLine {
    static final int SERVING = 0;
    static final int WRONG_SETTING = 1;
    static final int WRONG_USAGE = 2;

    private CommandLine() {}

    /**
     * Starts a router that serves until SIGTERM, and returns; or verifies a store. If it cannot, one line on the error
     * stream says why.
     *
     * @return the exit code to end the process with, unless it is {@link #SERVING}
     */
    static int run(Map<String, String> variables, PrintStream out, PrintStream errors, String... args) {
        if (args.length > 0 && args[0].equals("verify")) {
            return VerifyCommand.run(variables, out, errors, List.of(args).subList(1, args.length));
        }
        if (args.length > 0 && !args[0].equals("server")) {
            var here = new Surroundings(variables, System.in, out, errors, Clock.systemUTC());
            return Commands.run(here, List.of(new CheckCommand(variables, out)), args);
        }
        if (args.length < 1 || args.length > 2) {
            errors.println("usage: java -jar smart-router.jar server [config.yml], … verify [--repair] [--json], or … "
                    + "--help for more; settings are environment variables");
            return WRONG_USAGE;
        }
        try {
            serve(variables, args.length == 2 ? Optional.of(Path.of(args[1])) : Optional.empty());
            return SERVING;
        } catch (InvalidSettingException | IllegalStateException e) {
            errors.println(e.getMessage());
            return WRONG_SETTING;
        }
    }

    private static void serve(Map<String, String> variables, Optional<Path> file) {
        BootstrapLogging.bootstrap();
        var configuration = RouterProcess.configuration(variables, file);
        var metrics = new MetricRegistry();
        var logging = configuration.getLoggingFactory();
        logging.configure(metrics, "smart-router");
        try {
            var router = RouterProcess.start(configuration, metrics);
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(
                            () -> {
                                router.stopGently();
                                stop(logging); // the last lines are on their way
                            },
                            "shutdown"));
        } catch (IllegalStateException e) {
            stop(logging);
            throw e;
        }
    }

    private static void stop(LoggingFactory logging) {
        logging.stop();
        ((LoggerContext) LoggerFactory.getILoggerFactory()).stop(); // Dropwizard's leaves its appenders as they are
    }
}
