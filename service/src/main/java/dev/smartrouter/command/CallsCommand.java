package dev.smartrouter.command;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The live calls, or one of them. */
@Command(
        name = "calls",
        description = "Lists the live calls, or shows which pod one has, why, and since when.",
        footer = {"", "Examples:", "  smart-router calls", "  smart-router calls CA100 --json"})
final class CallsCommand extends ApiCommand {
    @Parameters(arity = "0..1", paramLabel = "CALL_SID", description = "only this one")
    @Nullable
    String call;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "1000", description = "at most about so many; 1000")
    int limit;

    CallsCommand(Surroundings here) {
        super(here);
    }

    @Override
    int ask(RouterClient router) {
        if (call != null) {
            Fields.show(this, router.ask(RouterClient.Question.get("/api/v1/calls/" + encoded(call), "call " + call)));
            return Exit.FINE;
        }
        var table = new Table("CALL", "POD", "FROM POOL", "MERCHANT", "PROVIDER", "AGE");
        pages(
                router,
                "/api/v1/calls",
                "calls",
                limit,
                each -> table.row(
                        each.path("call_sid").asText(),
                        each.path("pod_name").asText(),
                        each.path("source_pool").asText(),
                        each.path("merchant_id").asText(),
                        each.path("provider").asText(),
                        age(each.path("allocated_at").asText())));
        if (!json) table.print(here.out());
        return Exit.FINE;
    }

    /** Such as {@code 2h5m} or {@code 41s}; {@code ?} if nobody knows. */
    private String age(String since) {
        try {
            var age = Duration.between(Instant.parse(since), here.clock().instant());
            if (age.isNegative()) return "0s";
            if (age.toDays() > 30) return "?";
            if (age.toHours() > 0) return age.toHours() + "h" + age.toMinutesPart() + "m";
            return age.toMinutes() > 0 ? age.toMinutes() + "m" + age.toSecondsPart() + "s" : age.toSeconds() + "s";
        } catch (DateTimeParseException e) {
            return "?";
        }
    }
}
