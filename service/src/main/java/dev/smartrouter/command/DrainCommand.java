package dev.smartrouter.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** A pod takes no new call for a while, or takes them again. */
abstract class DrainCommand extends ApiCommand {
    @Parameters(paramLabel = "POD", description = "the pod's name, as 'pods' lists it")
    String pod = "";

    private final String verb;

    private DrainCommand(Surroundings here, String verb) {
        super(here);
        this.verb = verb;
    }

    @Override
    int ask(RouterClient router) {
        var body = JsonNodeFactory.instance.objectNode().put("pod_name", pod).toString();
        var answer = router.ask(RouterClient.Question.post("/api/v1/" + verb, "pod " + pod, body));
        if (json) {
            print(answer);
            return Exit.FINE;
        }
        var calls = answer.json().path("active_calls").asLong();
        say(pod + " " + verb + "ed; " + goesOn(calls));
        return Exit.FINE;
    }

    private static String goesOn(long calls) {
        if (calls == 0) return "no call is on it";
        return calls == 1 ? "its call goes on" : "its " + calls + " calls go on";
    }

    @Command(
            name = "drain",
            description = "A pod takes no new call; those it has go on. Ends by itself after DRAINING_TTL.",
            footer = {"", "Example:", "  smart-router drain voice-agent-1"})
    static final class Drain extends DrainCommand {
        Drain(Surroundings here) {
            super(here, "drain");
        }
    }

    @Command(
            name = "undrain",
            description = "A pod takes calls again, after a drain or in a quarantine.",
            footer = {"", "Example:", "  smart-router undrain voice-agent-1"})
    static final class Undrain extends DrainCommand {
        Undrain(Surroundings here) {
            super(here, "undrain");
        }
    }
}
