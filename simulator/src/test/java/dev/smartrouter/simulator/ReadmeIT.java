package dev.smartrouter.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the README says to type works, and what it points to is there. */
class ReadmeIT {
    private static final Path ROOT = Path.of("..");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#]+)\\)");

    @Test
    void everyCurlCommandIsAnswered() throws Exception {
        try (var day = Day.begin(RunCommand.Ports.FREE, 1)) {
            var commands = readme().filter(line -> line.startsWith("curl")).toList();
            assertThat(commands).hasSizeGreaterThan(9);
            for (var command : commands) {
                var here = command.replace(
                                "localhost:8080",
                                "localhost:" + day.world().routers().service().getPort())
                        .replace(
                                "localhost:9090",
                                "localhost:"
                                        + day.world().routers().serviceAdmin().getPort());
                assertThat(Shell.run(here + " -o /dev/null -w '%{http_code}'"))
                        .as(command)
                        .isEqualTo("200");
            }
        }
    }

    @Test
    void everyMakeWordIsOneThatMakeKnows() throws IOException {
        var makefile = Files.readString(ROOT.resolve("Makefile"));
        var words = readme().flatMap(line -> Pattern.compile("`?make ([a-z]+)")
                        .matcher(line)
                        .results()
                        .map(m -> m.group(1)))
                .distinct()
                .toList();
        assertThat(words).contains("run", "test");
        for (var word : words) assertThat(makefile).contains("\n" + word + ":");
    }

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        var links = readme().flatMap(line -> LINK.matcher(line).results().map(m -> m.group(1)))
                .filter(link -> !link.startsWith("http"))
                .toList();
        assertThat(links).isNotEmpty();
        for (var link : links) assertThat(ROOT.resolve(link)).exists();
    }

    private static Stream<String> readme() throws IOException {
        return List.copyOf(Files.readAllLines(ROOT.resolve("README.md"))).stream();
    }
}
