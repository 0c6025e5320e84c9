package dev.smartrouter.simulator.scenario;

import java.time.Duration;
import java.util.regex.Pattern;

/** Durations as scenarios and settings write them: {@code 250ms}, {@code 30s}, {@code 1m30s}, {@code 24h}. */
final class Times {
    private static final Pattern PART = Pattern.compile("([0-9]{1,9})(ms|s|m|h)");

    private Times() {}

    static Duration parse(String text) {
        if (!text.matches("(" + PART + ")+")) {
            throw new Wrong("", "must be a duration such as 250ms, 30s or 1m30s, not '" + text + "'");
        }
        return PART.matcher(text)
                .results()
                .map(part -> part(Long.parseLong(part.group(1)), part.group(2)))
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** To the millisecond, and read again the same. */
    static String text(Duration duration) {
        var millis = duration.toMillis();
        if (millis % 1_000 != 0) return millis + "ms";
        if (millis % 3_600_000 == 0 && millis > 0) return millis / 3_600_000 + "h";
        return millis % 60_000 == 0 && millis > 0 ? millis / 60_000 + "m" : millis / 1_000 + "s";
    }

    private static Duration part(long amount, String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofHours(amount);
        };
    }

    static void positive(String where, Duration duration) {
        if (!duration.isPositive()) throw new Wrong(where, "must be longer than 0s, not " + text(duration));
    }

    static void notAfter(String where, Duration time, Duration end) {
        if (time.compareTo(end) > 0) {
            throw new Wrong(where, "must be over by the end (" + text(end) + "), not at " + text(time));
        }
    }

    static void notNegative(String where, Duration duration) {
        if (duration.isNegative()) throw new Wrong(where, "must be 0s or longer, not " + text(duration));
    }
}
