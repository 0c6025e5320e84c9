package dev.smartrouter.simulator.scenario;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The known word that somebody probably meant. */
final class Nearest {
    private Nearest() {}

    /** {@code "; did you mean 'lasts'?"}, or nothing if no known word is near. */
    static String hint(String word, Collection<String> known) {
        return find(word, known).map(near -> "; did you mean '" + near + "'?").orElse("");
    }

    /** The word with the fewest edits, unless every second letter would have to change. */
    static Optional<String> find(String word, Collection<String> known) {
        return known.stream()
                .min(Comparator.comparingInt((String each) -> edits(word, each)).thenComparing(each -> each))
                .filter(near -> 2 * edits(word, near) <= Math.max(word.length(), near.length()));
    }

    /** Letters to insert, delete or replace (Levenshtein's distance). */
    private static int edits(String from, String to) {
        var row = new int[to.length() + 1];
        for (var j = 0; j < row.length; j++) row[j] = j;
        for (var i = 1; i <= from.length(); i++) {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j < row.length; j++) {
                var replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
