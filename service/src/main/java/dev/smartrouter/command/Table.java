package dev.smartrouter.command;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Rows whose columns are aligned: texts to the left, numbers to the right. */
final class Table {
    private final List<String> headings;
    private final List<List<String>> rows = new ArrayList<>();
    private final boolean[] numbers;

    Table(String... headings) {
        this.headings = List.of(headings);
        this.numbers = new boolean[headings.length];
    }

    /** As many cells as there are headings. */
    void row(Object... cells) {
        for (int i = 0; i < cells.length; i++) numbers[i] |= cells[i] instanceof Number;
        rows.add(Stream.of(cells).map(cell -> printable(cell.toString())).toList());
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    void print(PrintStream out) {
        var widths = headings.stream().mapToInt(String::length).toArray();
        rows.forEach(row -> {
            for (int i = 0; i < widths.length; i++)
                widths[i] = Math.max(widths[i], row.get(i).length());
        });
        Stream.concat(Stream.of(headings), rows.stream()).forEach(row -> out.println(line(row, widths)));
    }

    private String line(List<String> row, int[] widths) {
        var line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            var blanks = " ".repeat(widths[i] - row.get(i).length());
            line.append(i == 0 ? "" : "  ").append(numbers[i] ? blanks + row.get(i) : row.get(i) + blanks);
        }
        return line.toString().stripTrailing();
    }

    /** Without what could start a line or colour a terminal. */
    static String printable(String text) {
        return text.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "?");
    }
}
