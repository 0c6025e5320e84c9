package dev.smartrouter.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What merchants wish for their calls, shown and changed. */
@Command(
        name = "merchants",
        description = "What merchants wish for their calls.",
        synopsisSubcommandLabel = "(list | get | set | delete)",
        footer = {
            "",
            "Examples:",
            "  smart-router merchants list",
            "  echo '{\"tier\":\"gold\"}' | smart-router merchants set acme -",
            "  ETAG=$(smart-router merchants get acme --etag)",
            "  smart-router merchants delete acme --if-match \"$ETAG\""
        })
final class MerchantsCommand {
    private static final String PATH = "/api/v1/config/merchants";

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "prints this")
    boolean help;

    private static String pathOf(String merchant, boolean dryRun) {
        return PATH + "/" + ApiCommand.encoded(merchant) + (dryRun ? "?dry_run=true" : "");
    }

    @Command(name = "list", description = "Lists the merchants that have a config.")
    static final class ListAll extends ApiCommand {
        @Option(names = "--limit", paramLabel = "N", defaultValue = "1000", description = "at most about so many; 1000")
        int limit;

        ListAll(Surroundings here) {
            super(here);
        }

        @Override
        int ask(RouterClient router) {
            var merchants = new TreeMap<String, JsonNode>();
            pages(
                    router,
                    PATH,
                    "merchants",
                    limit,
                    each -> merchants.put(each.path("merchant_id").asText(), each));
            if (json) return Exit.FINE;
            var table = new Table("MERCHANT", "CONFIG");
            merchants.forEach((id, merchant) -> table.row(
                    id,
                    merchant.path("refused").isTextual()
                            ? "unreadable, counts as none: "
                                    + merchant.path("refused").asText()
                            : merchant.path("config").toString()));
            table.print(here.out());
            return Exit.FINE;
        }
    }

    @Command(name = "get", description = "Shows a merchant's config as it is stored, and its etag.")
    static final class Get extends ApiCommand {
        @Parameters(paramLabel = "ID", description = "the merchant")
        String merchant = "";

        @Option(names = "--etag", description = "prints only the etag; for a change, read it before the text")
        boolean onlyEtag;

        Get(Surroundings here) {
            super(here);
        }

        @Override
        int ask(RouterClient router) {
            var answer = router.ask(RouterClient.Question.get(pathOf(merchant, false), "merchant " + merchant));
            return ConfigCommand.show(
                    this, answer, onlyEtag, () -> say(answer.body().strip()));
        }
    }

    @Command(
            name = "set",
            description =
                    "Writes a merchant's config. Refused with the reason if it is wrong, or names what there is not.")
    static final class Set extends ConfigCommand {
        @Parameters(index = "0", paramLabel = "ID", description = "the merchant")
        String merchant = "";

        @Parameters(index = "1", paramLabel = "FILE", description = "its config as JSON; - reads what is piped in")
        Path file = Path.of("-");

        @Option(
                names = "--dry-run",
                description = "only says whether it would be taken, and which pools its calls would try")
        boolean dryRun;

        Set(Surroundings here) {
            super(here);
        }

        @Override
        int ask(RouterClient router) {
            var thing = "merchant " + merchant;
            var answer = router.ask(new RouterClient.Question(
                    "PUT", pathOf(merchant, dryRun), thing, Optional.of(read(file)), ifMatch()));
            if (dryRun) preview(this, answer);
            else wrote(thing, "its next call follows", answer);
            return Exit.FINE;
        }
    }

    @Command(
            name = "delete",
            description =
                    "Deletes a merchant's config: its calls are then like anybody's. Refused while others name it.")
    static final class Delete extends ConfigCommand {
        @Parameters(paramLabel = "ID", description = "the merchant")
        String merchant = "";

        @Option(names = "--dry-run", description = "only says whether it could go, and which pools its calls would try")
        boolean dryRun;

        Delete(Surroundings here) {
            super(here);
        }

        @Override
        int ask(RouterClient router) {
            var thing = "merchant " + merchant;
            var answer = router.ask(
                    new RouterClient.Question("DELETE", pathOf(merchant, dryRun), thing, Optional.empty(), ifMatch()));
            if (dryRun) preview(this, answer);
            else if (!json) say(thing + " deleted; its next call is like anybody's");
            return Exit.FINE;
        }
    }

    private static void preview(ApiCommand command, Answer answer) {
        if (command.json) {
            command.print(answer);
            return;
        }
        var pools = new ArrayList<String>();
        answer.json().path("chain").forEach(pool -> pools.add(pool.asText()));
        command.say("fine; its calls would try " + String.join(", ", pools));
    }
}
