package dev.smartrouter.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.smartrouter.tier.InvalidTierConfigException;
import dev.smartrouter.tier.TierConfig;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The tiers, shown and changed. */
@Command(
        name = "tiers",
        description = "Which tiers there are, and how many pods each wants.",
        synopsisSubcommandLabel = "(get | set | validate)",
        footer = {
            "",
            "Example, which loses nobody else's change:",
            "  ETAG=$(smart-router tiers get --etag)",
            "  smart-router tiers get --json > tiers.json    # edit it",
            "  smart-router tiers validate tiers.json        # which pods would move",
            "  smart-router tiers set tiers.json --if-match \"$ETAG\""
        })
final class TiersCommand {
    private static final String PATH = "/api/v1/config/tiers";
    private static final String THING = "tier config";

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "prints this")
    boolean help;

    @Command(name = "get", description = "Shows the tier config as it is stored, and its etag.")
    static final class Get extends ApiCommand {
        @Option(names = "--etag", description = "prints only the etag; for a change, read it before the text")
        boolean onlyEtag;

        Get(Surroundings here) {
            super(here);
        }

        @Override
        int ask(RouterClient router) {
            var answer = router.ask(RouterClient.Question.get(PATH, THING));
            return ConfigCommand.show(this, answer, onlyEtag, () -> show(answer.body()));
        }

        private void show(String text) {
            TierConfig config;
            try {
                config = TierConfig.parse(text);
            } catch (InvalidTierConfigException e) {
                throw new Failure(Exit.FOUND, "the stored tier config is refused by routers: " + e.getMessage());
            }
            var table = new Table("TIER", "POOL", "TYPE", "TARGET", "CALLS A POD", "IN CHAIN");
            config.pools().forEach((pool, tier) -> {
                var place = config.defaultChain().indexOf(tier.name());
                table.row(tier.name(), pool, tier.mode(), tier.target(), tier.capacity(), place < 0 ? "-" : place + 1);
            });
            table.print(here.out());
            var first = config.defaultTier();
            say("calls without a merchant begin at "
                    + (first == null ? config.defaultChain().getFirst() : first));
        }
    }

    @Command(
            name = "set",
            description =
                    "Replaces the tier config. Refused with the reason if it is wrong, or if merchants name what it drops.")
    static final class Set extends ConfigCommand {
        @Parameters(paramLabel = "FILE", description = "the tier config as JSON; - reads what is piped in")
        Path file = Path.of("-");

        Set(Surroundings here) {
            super(here);
        }

        @Override
        int ask(RouterClient router) {
            var question = new RouterClient.Question("PUT", PATH, THING, Optional.of(read(file)), ifMatch());
            wrote(THING, "routers follow within 30 s", router.ask(question));
            return Exit.FINE;
        }
    }

    @Command(
            name = "validate",
            description = "Says whether a tier config would be taken, and which pods it would move. Changes nothing.")
    static final class Validate extends ApiCommand {
        @Parameters(paramLabel = "FILE", description = "the tier config as JSON; - reads what is piped in")
        Path file = Path.of("-");

        Validate(Surroundings here) {
            super(here);
        }

        @Override
        int ask(RouterClient router) {
            var question = new RouterClient.Question(
                    "PUT", PATH + "?dry_run=true", THING, Optional.of(read(file)), Optional.empty());
            var answer = router.ask(question);
            if (json) print(answer);
            else show(answer.json());
            return Exit.FINE;
        }

        private void show(JsonNode preview) {
            if (!preview.path("follows_cluster").asBoolean()) {
                say("fine; the pools are set by hand here, so no pod moves by itself");
                return;
            }
            var table = new Table("POD", "FROM", "TO", "WHEN");
            for (var move : preview.path("moves")) {
                table.row(
                        move.path("pod_name").asText(),
                        move.path("from").asText(),
                        move.path("to").asText(),
                        move.path("when").asText());
            }
            say(table.isEmpty() ? "fine; no pod would move" : "fine; these pods would move:");
            if (!table.isEmpty()) table.print(here.out());
        }
    }
}
