package dev.smartrouter.history;

import java.util.Collection;
import java.util.List;

/**
 * Operations drawn below each other, each a bar from its question to its answer.
 *
 * <pre>
 *   c1 allocate CA-1 = NEW p0       |--|
 * * c2 allocate CA-1 = NEW p1         |----|
 *   c3 release CA-1 = ?                   |--...
 * </pre>
 */
final class Timeline {
    private static final int WIDTH = 60;

    private Timeline() {}

    /** @param marked those that get a star */
    static String of(List<Operation> operations, Collection<Operation> marked) {
        if (operations.isEmpty()) return "";
        var start = operations.stream().mapToLong(Operation::called).min().orElse(0);
        var end = operations.stream()
                .mapToLong(operation -> operation.isKnown() ? operation.returned() : operation.called())
                .max()
                .orElse(start);
        var column = Math.max(1.0, (end - start) / (double) WIDTH);
        var widest =
                operations.stream().mapToInt(op -> label(op).length()).max().orElse(0);
        var lines = new StringBuilder();
        for (var operation : operations) {
            var from = (int) ((operation.called() - start) / column);
            var to = operation.isKnown() ? (int) ((operation.returned() - start) / column) : WIDTH;
            lines.append(marked.contains(operation) ? "* " : "  ")
                    .append(label(operation))
                    .append(" ".repeat(widest - label(operation).length() + 2 + from))
                    .append('|')
                    .append("-".repeat(Math.max(0, to - from - 1)))
                    .append(operation.isKnown() ? "|" : "...")
                    .append('\n');
        }
        return lines.append("  from the first to the last: ")
                .append((end - start) / 1_000)
                .append(" us\n")
                .toString();
    }

    private static String label(Operation operation) {
        return operation.client() + " " + operation.deed() + " = " + operation.outcome();
    }
}
