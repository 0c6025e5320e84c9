package dev.smartrouter.simulator.verdict;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A run on one page, which holds all that it needs and fetches nothing, and the same as JSON. The fields of
 * {@code report.json}, which stay as they are as long as {@code format} is 1:
 *
 * <ul>
 *   <li>{@code story}: {@link Story};
 *   <li>{@code verdict}: {@code kept}, {@code words}, {@code exit_code}, {@code broken_count}, {@code broken} (the first
 *       {@value #MOST}, each a {@link Broken}), {@code timelines} ({@link Verdict});
 *   <li>{@code promises}: of each {@code name}, {@code means}, {@code broken} (how often);
 *   <li>{@code figures}: {@link Figures};
 *   <li>{@code series}: {@link Series}.
 * </ul>
 */
public final class Report {
    private static final int MOST = 100;
    private static final ObjectMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    private final String json;

    public Report(Story story, Verdict verdict, Series series) {
        try {
            json = JSON.writeValueAsString(
                    new Contents(1, story, Sentence.of(verdict), promises(verdict), verdict.figures(), series));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("records can be written", e);
        }
    }

    private record Contents(
            int format, Story story, Sentence verdict, List<Kept> promises, Figures figures, Series series) {}

    private record Sentence(
            boolean kept,
            String words,
            int exitCode,
            int brokenCount,
            List<Broken> broken,
            Map<String, List<Verdict.Moment>> timelines) {
        static Sentence of(Verdict verdict) {
            return new Sentence(
                    verdict.isKept(),
                    verdict.words(),
                    verdict.exitCode(),
                    verdict.broken().size(),
                    verdict.broken().stream().limit(MOST).toList(),
                    verdict.timelines());
        }
    }

    private record Kept(Promise name, String means, long broken) {}

    private static List<Kept> promises(Verdict verdict) {
        return Arrays.stream(Promise.values())
                .map(promise -> new Kept(
                        promise,
                        promise.meaning(),
                        verdict.broken().stream()
                                .filter(one -> one.promise() == promise)
                                .count()))
                .toList();
    }

    public String json() {
        return json;
    }

    /** A whole page; nothing in it leads outside. */
    public String html() {
        // Within a script element, only these could end the string, the element or an old parser's patience.
        var data = json.replace("<", "\\u003c")
                .replace(">", "\\u003e")
                .replace("&", "\\u0026")
                .replace("\u2028", "\\u2028")
                .replace("\u2029", "\\u2029");
        return resource("report.html")
                .replace("/*uplot.css*/", resource("/dev/smartrouter/dashboard/uplot/uPlot.min.css"))
                .replace("/*report.css*/", resource("report.css"))
                .replace("/*uplot.js*/", resource("/dev/smartrouter/dashboard/uplot/uPlot.iife.min.js"))
                .replace("/*report.js*/", resource("report.js"))
                .replace("/*data*/", data);
    }

    /**
     * Writes {@code report.html} and {@code report.json} into a folder, which is made if there is none.
     *
     * @return the page
     * @throws UncheckedIOException if that cannot be done
     */
    public Path write(Path folder) {
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("report.json"), json);
            return Files.writeString(folder.resolve("report.html"), html());
        } catch (IOException e) {
            throw new UncheckedIOException("the report cannot be written to " + folder, e);
        }
    }

    private static String resource(String name) {
        try (var stream = Report.class.getResourceAsStream(name)) {
            if (stream == null) throw new IllegalStateException("the build forgot " + name);
            return new String(stream.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
