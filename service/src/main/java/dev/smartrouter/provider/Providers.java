package dev.smartrouter.provider;

import dev.smartrouter.call.AllocationResult;
import dev.smartrouter.http.Lane;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The providers there are. */
final class Providers {
    /** A path parameter that matches no other. */
    static final String PATH = "{provider: twilio|plivo|exotel}";

    private static final List<Provider> ALL = List.of(new Twilio(), new Plivo(), new Exotel());
    static final List<String> NAMES = ALL.stream().map(Provider::name).toList();

    private static final Map<String, Provider> BY_NAME =
            ALL.stream().collect(Collectors.toUnmodifiableMap(Provider::name, Function.identity()));

    private Providers() {}

    /**
     * A lane for each provider.
     *
     * @param path by the provider's name
     * @param endpoint as metrics know it, by the provider's name
     */
    static Map<String, Lane> lanes(UnaryOperator<String> path, UnaryOperator<String> endpoint, Deed deed) {
        var lanes = new HashMap<String, Lane>();
        BY_NAME.forEach((name, provider) -> lanes.put(
                path.apply(name),
                new Lane(
                        endpoint.apply(name),
                        request -> deed.answer(name, request),
                        () -> provider.refuse(new AllocationResult.Unavailable()))));
        return lanes;
    }

    /** Answers a provider's request. */
    interface Deed {
        Response answer(String provider, HttpServletRequest request) throws IOException;
    }

    /** @throws IllegalArgumentException if {@link #PATH} would not have matched it */
    static Provider named(String name) {
        var provider = BY_NAME.get(name);
        if (provider == null) throw new IllegalArgumentException("no provider is called '" + name + "'");
        return provider;
    }
}
