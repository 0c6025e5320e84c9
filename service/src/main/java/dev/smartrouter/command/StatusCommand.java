package dev.smartrouter.command;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;

/** How the pools are, at a glance. */
@Command(
        name = "status",
        description =
                "How full the pools are, and whether the store answers. Exits with 1 if it does not, or is recovering.",
        footer = {"", "Example:", "  smart-router status --url http://smart-router:8080"})
final class StatusCommand extends ApiCommand {
    StatusCommand(Surroundings here) {
        super(here);
    }

    @Override
    int ask(RouterClient router) {
        var answer = router.ask(RouterClient.Question.get("/api/v1/status", "status"));
        var status = answer.json();
        var fine = status.path("status").asText().equals("up")
                && status.path("gate").asText().equals("open");
        if (json) print(answer);
        else show(status);
        return fine ? Exit.FINE : Exit.FOUND;
    }

    private void show(JsonNode status) {
        say("store " + status.path("status").asText() + ", gate "
                + status.path("gate").asText() + ", "
                + status.path("active_calls").asLong() + " calls, " + leader(status));
        var table = new Table("POOL", "TYPE", "PODS", "AVAILABLE", "CALLS", "DRAINING");
        status.path("pools").properties().forEach(pool -> {
            var count = pool.getValue();
            table.row(
                    pool.getKey(),
                    count.path("type").asText(),
                    count.path("assigned").asLong(),
                    count.path("available").asLong(),
                    figure(count.path("active_calls")),
                    figure(count.path("draining")));
        });
        table.print(here.out());
    }

    private static String leader(JsonNode status) {
        if (status.path("leader").isTextual())
            return "led by " + status.path("leader").asText();
        return status.path("is_leader").asBoolean() ? "this router leads" : "nobody leads";
    }

    /** Unknown in a pool that is too large to be counted. */
    private static Object figure(JsonNode figure) {
        return figure.isNumber() ? figure.asLong() : "?";
    }
}
