package dev.smartrouter.command;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A command that changes a configuration. */
abstract class ConfigCommand extends ApiCommand {
    @Option(
            names = "--if-match",
            paramLabel = "ETAG",
            description =
                    "what it replaces, as 'get' said it; '*': whatever is there. Without it only what is new is written")
    @Nullable
    String ifMatch;

    ConfigCommand(Surroundings here) {
        super(here);
    }

    /** With the quotes that the header wants. */
    Optional<String> ifMatch() {
        return Optional.ofNullable(ifMatch)
                .map(tag -> tag.equals("*") ? tag : "\"" + tag.replace("\"", "").strip() + "\"");
    }

    void wrote(String what, String effect, Answer answer) {
        if (json) print(answer);
        else say(what + " written, etag " + answer.etag() + "; " + effect);
    }

    /** A configuration as it is stored; for scripts its etag is apart, so that the text alone can go into a file. */
    static int show(ApiCommand command, Answer answer, boolean onlyEtag, Runnable forPeople) {
        if (onlyEtag) {
            command.say(answer.etag());
        } else if (command.json) {
            command.print(answer);
        } else {
            forPeople.run();
            command.say("etag " + answer.etag());
        }
        return Exit.FINE;
    }
}
