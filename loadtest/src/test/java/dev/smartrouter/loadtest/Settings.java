package dev.smartrouter.loadtest;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What whoever asks can set, each by an environment variable; one that is empty is not set. */
final class Settings {
    private final Map<String, String> variables;

    Settings(Map<String, String> variables) {
        this.variables = Map.copyOf(variables);
    }

    /** URL: the routers; empty: a stack of our own. */
    Optional<URI> url() {
        return read("URL", URI::create);
    }

    /** ADMIN: their pages for operators, where the store can be verified. */
    Optional<URI> admin() {
        return read("ADMIN", URI::create);
    }

    /** DESK: where the stack is told what to suffer. */
    Optional<URI> desk() {
        return read("DESK", URI::create);
    }

    /** PUBLIC_URL: the address that providers sign; by default the routers'. */
    Optional<URI> publicUrl() {
        return read("PUBLIC_URL", URI::create);
    }

    /** TWILIO_AUTH_TOKEN and the like: what a provider signs with; by default one that nobody would check against. */
    Optional<String> token(String provider) {
        return Optional.of(read(provider + "_AUTH_TOKEN", token -> token).orElse("load-test"));
    }

    /** MINUTES: how long the load lasts. */
    Duration lasts(Duration unless) {
        return read("MINUTES", text -> Duration.ofMillis(Math.round(positive(text) * 60_000)))
                .orElse(unless);
    }

    /** CALLS: a second, at most. */
    double calls(double unless) {
        return read("CALLS", Settings::positive).orElse(unless);
    }

    /** TALK: the median length of a call, in seconds. */
    Duration talk() {
        return seconds("TALK", Duration.ofSeconds(2));
    }

    /** WARMUP: how long, in seconds, before anything is measured. */
    Duration warmUp() {
        return seconds("WARMUP", Duration.ofSeconds(10));
    }

    /** PATIENCE: how long, in seconds, the pools may take to be whole after the last call. */
    Duration patience() {
        return seconds("PATIENCE", Duration.ofSeconds(60));
    }

    /** P99: of the answers to webhooks, in ms. */
    int p99(int unless) {
        return read("P99", text -> (int) positive(text)).orElse(unless);
    }

    /** BURST_P99: the same, of those that come all at once. */
    int burstP99(int unless) {
        return read("BURST_P99", text -> (int) positive(text)).orElse(unless);
    }

    /** SICK_P99: the same, while Redis does not answer. */
    int sickP99(int unless) {
        return read("SICK_P99", text -> (int) positive(text)).orElse(unless);
    }

    /** KNEE: the calls a second that must at least be possible. */
    double knee(double unless) {
        return read("KNEE", Settings::positive).orElse(unless);
    }

    /** ERRORS: the percentage of requests that may fail. */
    double errors() {
        return read("ERRORS", Double::parseDouble).orElse(0.0);
    }

    private Duration seconds(String name, Duration unless) {
        return read(name, text -> Duration.ofMillis(Math.round(positive(text) * 1_000)))
                .orElse(unless);
    }

    private static double positive(String text) {
        var number = Double.parseDouble(text);
        if (!(number > 0)) throw new IllegalArgumentException("it must be greater than 0");
        return number;
    }

    private <T> Optional<T> read(String name, Function<String, T> reader) {
        var text = variables.getOrDefault(name, "").strip();
        if (text.isEmpty()) return Optional.empty();
        try {
            return Optional.of(reader.apply(text));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + "=" + text + ": " + e.getMessage(), e);
        }
    }
}
