package dev.smartrouter.command;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;

/** All commands, by the words they are called. */
@Command(
        name = "smart-router",
        description = "Gives each phone call exactly one voice-agent pod.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Besides: 'server [config.yml]' starts a router; 'verify [--repair] [--json] [--timeout=30s]' says whether"
                    + " the store is whole.",
            "",
            "Exit codes: 0 fine, 1 something was found or refused, 2 wrong usage, 3 not to be reached, 4 not allowed"
                    + " ('verify' has its own).",
            "'smart-router' stands for 'java -jar smart-router.jar'. Examples: 'smart-router COMMAND --help'."
        })
public final class Commands {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "prints this")
    boolean help;

    private Commands() {}

    /**
     * Does what the words say; a failure is one line on the error stream.
     *
     * @param others commands of other packages, as picocli knows them
     * @return the exit code
     */
    public static int run(Surroundings here, List<Object> others, String... args) {
        var line = new CommandLine(new Commands());
        others.forEach(line::addSubcommand);
        line.addSubcommand(new StatusCommand(here));
        line.addSubcommand(new PodsCommand(here));
        line.addSubcommand(new CallsCommand(here));
        line.addSubcommand(new DrainCommand.Drain(here));
        line.addSubcommand(new DrainCommand.Undrain(here));
        line.addSubcommand(new CommandLine(new TiersCommand())
                .addSubcommand(new TiersCommand.Get(here))
                .addSubcommand(new TiersCommand.Set(here))
                .addSubcommand(new TiersCommand.Validate(here)));
        line.addSubcommand(new CommandLine(new MerchantsCommand())
                .addSubcommand(new MerchantsCommand.ListAll(here))
                .addSubcommand(new MerchantsCommand.Get(here))
                .addSubcommand(new MerchantsCommand.Set(here))
                .addSubcommand(new MerchantsCommand.Delete(here)));
        line.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
        line.setOut(new PrintWriter(here.out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(here.errors(), true, StandardCharsets.UTF_8));
        line.setParameterExceptionHandler((wrong, words) -> {
            var name = wrong.getCommandLine().getCommandSpec().qualifiedName();
            here.errors().println(Table.printable(String.valueOf(wrong.getMessage())) + "; see " + name + " --help");
            return Exit.USAGE;
        });
        line.setExecutionExceptionHandler((failure, of, parsed) -> {
            if (!(failure instanceof Failure known)) throw failure;
            here.errors().println(Table.printable(String.valueOf(known.getMessage())));
            return known.exitCode();
        });
        return line.execute(args);
    }
}
