package dev.smartrouter.app;

import java.time.Duration;
import java.util.List;

/**
 * What may follow the word {@code verify}.
 *
 * @param timeout for each look at the store
 */
record VerifyOptions(boolean repair, boolean json, Duration timeout) {
    static final String USAGE = "verify [--repair] [--json] [--timeout=30s]";
    private static final String TIMEOUT = "--timeout=";

    /** @throws IllegalArgumentException that says in one line what is wrong */
    static VerifyOptions of(List<String> args) {
        var options = new VerifyOptions(false, false, Duration.ofSeconds(30));
        for (var arg : args) {
            if (arg.equals("--repair")) options = new VerifyOptions(true, options.json, options.timeout);
            else if (arg.equals("--json")) options = new VerifyOptions(options.repair, true, options.timeout);
            else if (arg.startsWith(TIMEOUT)) {
                options = new VerifyOptions(options.repair, options.json, timeout(arg.substring(TIMEOUT.length())));
            } else throw new IllegalArgumentException("no option '" + Variable.shown(arg) + "'; usage: " + USAGE);
        }
        return options;
    }

    static Duration timeout(String text) {
        try {
            return Read.duration("100ms", "1h").apply(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "the timeout must be " + e.getMessage() + ", not '" + Variable.shown(text) + "'", e);
        }
    }
}
