package dev.smartrouter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code SECURITY.md} says of each threat what stops it and which test shows that, and the tests exist. */
class SecurityDocsTest {
    private static final Path PAGE = Path.of("../SECURITY.md");
    private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|IT|Properties|Contract))`");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (?!threat|--)(.+) \\| (.+) \\| (.+) \\|$");
    private static final Pattern LINK = Pattern.compile("]\\((?!http)([^)#]+)\\)");

    private final String page = Files.readString(PAGE);

    SecurityDocsTest() throws IOException {}

    @Test
    void eachThreatIsAnsweredByATestThatExists() throws IOException {
        var tests = tests();
        var rows = ROW.matcher(page).results().toList();
        assertThat(rows).hasSizeGreaterThan(10);
        for (var row : rows) {
            var named = TEST.matcher(row.group(3))
                    .results()
                    .map(test -> test.group(1))
                    .toList();
            assertThat(named).as(row.group(1)).isNotEmpty();
            assertThat(tests).as(row.group(1)).containsAll(named);
        }
    }

    @Test
    void whatItLinksToIsThere() {
        assertThat(LINK.matcher(page).results().map(link -> PAGE.resolveSibling(link.group(1))))
                .isNotEmpty()
                .allMatch(Files::exists);
    }

    private static Set<String> tests() throws IOException {
        var tests = new TreeSet<String>();
        for (var module : List.of("service", "simulator", "k3s")) {
            try (var files = Files.walk(Path.of("..", module, "src/test/java"))) {
                files.map(file -> file.getFileName().toString())
                        .filter(name -> name.endsWith(".java"))
                        .forEach(name -> tests.add(name.substring(0, name.length() - 5)));
            }
        }
        return tests;
    }
}
