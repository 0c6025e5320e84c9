package dev.smartrouter.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the README and the runbook say to type works, and what they point to is there. */
class ReadmeIT {
    private static final Path ROOT = Path.of("..");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#]+)\\)");

    @Test
    void everyCurlCommandIsAnswered() throws Exception {
        try (var day = Day.begin(RunCommand.Ports.FREE, 1)) {
            for (var file : new String[] {"README.md", "docs/runbook.md"}) {
                var commands =
                        lines(file).filter(line -> line.startsWith("curl")).toList();
                assertThat(commands).hasSizeGreaterThan(9);
                var first = commands.stream()
                        .filter(command -> command.contains("\"CA100\""))
                        .findFirst();
                answer(day, first.orElseThrow()); // the call that others of the file look for
                for (var command : commands)
                    assertThat(answer(day, command)).as(command).isEqualTo("200");
            }
        }
    }

    private static String answer(Day day, String command) throws Exception {
        var routers = day.world().routers();
        var here = command.replace(
                        "localhost:8080", "localhost:" + routers.service().getPort())
                .replace("localhost:9090", "localhost:" + routers.serviceAdmin().getPort());
        return Shell.run(here + " -o /dev/null -w '%{http_code}'");
    }

    @Test
    void everyMakeWordIsOneThatMakeKnows() throws IOException {
        var makefile = Files.readString(ROOT.resolve("Makefile"));
        var words = lines("README.md")
                .flatMap(line -> Pattern.compile("`?make ([a-z]+)")
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
        try (var files = Files.list(ROOT.resolve("docs"))) {
            var documents = Stream.concat(files, Stream.of(ROOT.resolve("README.md"), ROOT.resolve("CONTRIBUTING.md")))
                    .filter(file -> file.toString().endsWith(".md"))
                    .toList();
            assertThat(documents).hasSizeGreaterThan(5);
            for (var document : documents)
                LINK.matcher(Files.readString(document))
                        .results()
                        .map(link -> link.group(1))
                        .filter(link -> !link.startsWith("http"))
                        .forEach(link -> assertThat(document.resolveSibling(link))
                                .as(document.toString())
                                .exists());
        }
    }

    private static Stream<String> lines(String file) throws IOException {
        return Files.readAllLines(ROOT.resolve(file)).stream();
    }
}
