package dev.smartrouter.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Horizontal bars, as SVG that reads in a light page and in a dark one. */
final class Plot {
    private static final int LABEL = 250;
    private static final int WIDTH = 420;
    private static final int ROW = 24;

    private final String title;
    private final List<Bar> bars = new ArrayList<>();

    private record Bar(String label, double value, String colour) {}

    Plot(String title) {
        this.title = title;
    }

    Plot bar(String label, double value, String colour) {
        bars.add(new Bar(label, value, colour));
        return this;
    }

    void write(Path file) throws IOException {
        var most = bars.stream().mapToDouble(Bar::value).max().orElse(1);
        var height = 40 + ROW * bars.size();
        var svg = new StringBuilder(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\" font-size=\"13\" fill=\"#808080\">%n"
                        .formatted(LABEL + WIDTH + 80, height));
        svg.append("<text x=\"4\" y=\"20\" font-size=\"15\">%s</text>%n".formatted(title));
        for (int i = 0; i < bars.size(); i++) {
            var bar = bars.get(i);
            var y = 34 + ROW * i;
            var width = (int) Math.round(WIDTH * bar.value / most);
            svg.append("<text x=\"4\" y=\"%d\">%s</text>".formatted(y + 14, bar.label))
                    .append("<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"18\" fill=\"%s\"/>"
                            .formatted(LABEL, y, Math.max(1, width), bar.colour))
                    .append(String.format(
                            Locale.ROOT,
                            "<text x=\"%d\" y=\"%d\">%,.4g</text>%n",
                            LABEL + width + 6,
                            y + 14,
                            bar.value));
        }
        Files.writeString(file, svg.append("</svg>\n"));
    }
}
