package dev.smartrouter.loadtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SettingsTest {
    private static final Path SOURCES = Path.of("src/test/java/dev/smartrouter/loadtest");

    @Test
    void whatIsEmptyIsNotSet() {
        var settings = new Settings(Map.of("URL", "", "MINUTES", " ", "CALLS", "2.5"));
        assertThat(settings.url()).isEmpty();
        assertThat(settings.lasts(Duration.ofSeconds(7))).isEqualTo(Duration.ofSeconds(7));
        assertThat(settings.calls(1)).isEqualTo(2.5);
    }

    @Test
    void minutesMayBeAFraction() {
        assertThat(new Settings(Map.of("MINUTES", "0.1")).lasts(Duration.ZERO)).isEqualTo(Duration.ofSeconds(6));
    }

    @Test
    void whatIsWrongIsNamed() {
        assertThatThrownBy(() -> new Settings(Map.of("CALLS", "-1")).calls(1))
                .hasMessage("CALLS=-1: it must be greater than 0");
        assertThatThrownBy(() -> new Settings(Map.of("P99", "fast")).p99(1)).hasMessageContaining("P99=fast");
    }

    @Test
    void theDocumentHasEverySettingAndEveryQuestion() throws IOException {
        var document = Files.readString(Path.of("../docs/load.md"));
        var names = Pattern.compile("(?:read|seconds)\\(\"([A-Z0-9_]+)\"")
                .matcher(Files.readString(SOURCES.resolve("Settings.java")))
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(names).hasSizeGreaterThan(10).allMatch(document::contains);
        try (var files = Files.list(SOURCES)) {
            for (var file : files.toList()) {
                var source = Files.readString(file);
                if (!source.contains("extends Question {\n")) continue;
                var question = Pattern.compile("/\\*\\*\\n \\* (.*\\?)\\n").matcher(source);
                assertThat(question.find())
                        .as("%s opens with its question", file)
                        .isTrue();
                assertThat(document).contains(question.group(1));
            }
        }
    }
}
