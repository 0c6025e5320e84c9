package dev.smartrouter.app;

import com.google.common.primitives.Ints;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How texts become values. Each refusal says what would be right, and nothing else. */
final class Read {
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h)");

    private Read() {}

    static Function<String, Integer> whole(String what, int min, int max) {
        return text -> {
            var number = Ints.tryParse(text);
            if (number == null || number < min || number > max) {
                throw new IllegalArgumentException(what + " from " + min + " to " + max);
            }
            return number;
        };
    }

    /** Such as {@code 250ms}, {@code 30s}, {@code 6m}, {@code 24h}. */
    static Function<String, Duration> duration(String least, String most) {
        var shortest = duration(least);
        var longest = duration(most);
        return text -> {
            var matcher = DURATION.matcher(text);
            var duration = matcher.matches() ? duration(text) : Duration.ZERO;
            if (!matcher.matches() || duration.compareTo(shortest) < 0 || duration.compareTo(longest) > 0) {
                throw new IllegalArgumentException(
                        "a duration such as 250ms, 30s, 6m or 24h, from " + least + " to " + most);
            }
            return duration;
        };
    }

    private static Duration duration(String text) {
        var matcher = DURATION.matcher(text);
        if (!matcher.matches()) throw new IllegalArgumentException("a duration");
        var amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofHours(amount);
        };
    }

    static Boolean flag(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("true or false");
        };
    }

    static Function<String, String> matching(String pattern, String remedy) {
        var compiled = Pattern.compile(pattern);
        return text -> {
            if (!compiled.matcher(text).matches()) throw new IllegalArgumentException(remedy);
            return text;
        };
    }

    /** One of the constants of an enum, in lower or upper case. */
    static <E extends Enum<E>> Function<String, E> oneOf(Class<E> type) {
        var constants = type.getEnumConstants();
        return text -> Arrays.stream(constants)
                .filter(constant -> constant.name().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("one of "
                        + Arrays.stream(constants)
                                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", "))));
    }
}
