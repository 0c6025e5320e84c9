package dev.smartrouter.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A command that asks a router: where that is and with which key is the same for all of them. */
abstract class ApiCommand implements Callable<Integer> {
    private static final String STANDARD_URL = "http://localhost:8080";

    final Surroundings here;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "the router's API; else SMART_ROUTER_URL, else " + STANDARD_URL)
    @Nullable
    String url;

    @Option(
            names = "--key-file",
            paramLabel = "FILE",
            description = "has the API key in one line; else it is in SMART_ROUTER_API_KEY, else none is sent")
    @Nullable
    Path keyFile;

    @Option(names = "--json", description = "prints the API's JSON as it comes, for scripts")
    boolean json;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "prints this")
    boolean help;

    ApiCommand(Surroundings here) {
        this.here = here;
    }

    @Override
    public final Integer call() {
        try (var router = new RouterClient(url(), key())) {
            return ask(router);
        }
    }

    /** @return the exit code */
    abstract int ask(RouterClient router);

    void say(String line) {
        here.out().println(Table.printable(line));
    }

    /** As it is, for scripts. */
    void print(Answer answer) {
        here.out().print(answer.body().endsWith("\n") ? answer.body() : answer.body() + "\n");
    }

    /** Walks through a list, page by page, until it ends or shows as many things as were wanted. */
    void pages(RouterClient router, String path, String list, int limit, Consumer<JsonNode> each) {
        var query = "";
        var shown = 0;
        while (true) {
            var answer = router.ask(RouterClient.Question.get(path + query, list));
            if (json) print(answer);
            var page = answer.json();
            for (var thing : page.path(list)) {
                if (!json && shown == limit) break;
                each.accept(thing);
                shown++;
            }
            var next = page.path("next");
            if (!next.isTextual()) return;
            if (shown >= limit) {
                here.errors().println("there are more " + list + " than these: --limit N shows more");
                return;
            }
            query = "?cursor=" + encoded(next.asText());
        }
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** A file's text; {@code -} is what is typed or piped in. */
    String read(Path file) {
        try {
            return file.toString().equals("-")
                    ? new String(here.in().readAllBytes(), StandardCharsets.UTF_8)
                    : Files.readString(file);
        } catch (IOException e) {
            throw Failure.usage("the file must be one of JSON in UTF-8 that can be read, not '" + file + "'");
        }
    }

    private URI url() {
        var text = url != null ? url : variable("SMART_ROUTER_URL").orElse(STANDARD_URL);
        try {
            var uri = new URI(text.replaceAll("/+$", ""));
            var scheme = String.valueOf(uri.getScheme());
            if ((scheme.equals("http") || scheme.equals("https"))
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null) return uri;
        } catch (URISyntaxException e) {
            // as wrong as another scheme
        }
        throw Failure.usage(
                "the url (--url or SMART_ROUTER_URL) must be http://host[:port] or https://…, without user and query");
    }

    private Optional<String> key() {
        var key = keyFile == null ? variable("SMART_ROUTER_API_KEY") : Optional.of(firstLine(keyFile));
        if (key.filter(text -> !text.matches("[!-~]{1,4096}")).isPresent()) {
            throw Failure.usage("the API key must be printable ASCII without blanks, in one line");
        }
        return key;
    }

    private static String firstLine(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw Failure.usage("the key file must be one that can be read, not '" + file + "'");
        }
    }

    private Optional<String> variable(String name) {
        return Optional.of(here.variables().getOrDefault(name, "").strip()).filter(text -> !text.isEmpty());
    }
}
