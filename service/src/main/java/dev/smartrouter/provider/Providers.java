package dev.smartrouter.provider;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The providers there are. */
final class Providers {
    /** A path parameter that matches no other. */
    static final String PATH = "{provider: twilio|plivo|exotel}";

    private static final Map<String, Provider> BY_NAME = Stream.of(new Twilio(), new Plivo(), new Exotel())
            .collect(Collectors.toUnmodifiableMap(Provider::name, Function.identity()));

    private Providers() {}

    /** @throws IllegalArgumentException if {@link #PATH} would not have matched it */
    static Provider named(String name) {
        var provider = BY_NAME.get(name);
        if (provider == null) throw new IllegalArgumentException("no provider is called '" + name + "'");
        return provider;
    }
}
