package dev.smartrouter.pool.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/correctness.md} names tests that exist, and the faults that are planted: all of them and no others. */
class CorrectnessDocsTest {
    private static final Path PAGE = Path.of("../docs/correctness.md");
    private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|IT|Properties|Contract))(?:\\.(\\w+))?`");
    private static final Pattern SEEDED = Pattern.compile("(?m)^\\| ([^|]+) \\| `SeededFaultsProperties\\.\\w+` \\|");
    private static final Pattern MUTANT = Pattern.compile("(?m)^\\| ([^|`]+) \\| `([a-z_]+)` \\|$");

    private final String page = Files.readString(PAGE);

    CorrectnessDocsTest() throws IOException {}

    @Test
    void everyTestItNamesExists() throws IOException {
        var sources = sources();
        var named = TEST.matcher(page).results().toList();
        assertThat(named).hasSizeGreaterThan(30);
        for (var test : named) {
            assertThat(sources).containsKey(test.group(1));
            if (test.group(2) != null) assertThat(sources.get(test.group(1))).contains("void " + test.group(2) + "(");
        }
    }

    @Test
    void itListsEveryPlantedFault() {
        assertThat(SEEDED.matcher(page).results().map(row -> row.group(1)))
                .containsExactlyElementsOf(names(SeededFaults.ALL));
        assertThat(MUTANT.matcher(page).results().map(MatchResult::group))
                .containsExactlyElementsOf(ScriptMutants.ALL.stream()
                        .map(mutant -> "| " + mutant.name() + " | `" + mutant.script() + "` |")
                        .toList());
    }

    private static List<String> names(List<Mutant> mutants) {
        return mutants.stream().map(Mutant::name).toList();
    }

    /** Each source file of tests, by the name of its class. */
    private static Map<String, String> sources() throws IOException {
        var sources = new TreeMap<String, String>();
        for (var module : List.of("service", "simulator", "k3s")) {
            try (Stream<Path> files = Files.walk(Path.of("..", module, "src/test/java"))) {
                for (var file :
                        files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    sources.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
                }
            }
        }
        return sources;
    }
}
