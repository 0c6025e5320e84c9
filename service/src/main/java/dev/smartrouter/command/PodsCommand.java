package dev.smartrouter.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The pods, or one of them. */
@Command(
        name = "pods",
        description = "Lists the pods, pool by pool, or shows all that is known of one.",
        footer = {"", "Examples:", "  smart-router pods", "  smart-router pods voice-agent-1"})
final class PodsCommand extends ApiCommand {
    @Parameters(arity = "0..1", paramLabel = "POD", description = "only this one, with its calls")
    @Nullable
    String pod;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "1000", description = "at most about so many; 1000")
    int limit;

    PodsCommand(Surroundings here) {
        super(here);
    }

    @Override
    int ask(RouterClient router) {
        if (pod != null) {
            Fields.show(this, router.ask(RouterClient.Question.get("/api/v1/pod/" + encoded(pod), "pod " + pod)));
            return Exit.FINE;
        }
        var table = new Table("POD", "POOL", "STATUS", "CALLS", "NOTE");
        pages(
                router,
                "/api/v1/pods",
                "pods",
                limit,
                each -> table.row(
                        each.path("pod_name").asText(),
                        each.path("pool").asText(),
                        each.path("status").asText(),
                        each.path("active_calls").asLong(),
                        note(each)));
        if (!json) table.print(here.out());
        return Exit.FINE;
    }

    private static String note(JsonNode pod) {
        var notes = new ArrayList<String>();
        if (!pod.path("ready").asBoolean()) notes.add("not ready");
        if (pod.path("terminating").asBoolean()) notes.add("terminating");
        var left = pod.path("draining_seconds_left");
        if (left.isNumber()) notes.add("draining for " + left.asLong() + " s");
        var held = pod.path("held_until");
        if (held.isTextual() && pod.path("status").asText().equals("unavailable"))
            notes.add("held until " + held.asText());
        return String.join(", ", notes);
    }
}
