package dev.smartrouter.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One endpoint that every call passes.
 *
 * @param endpoint its name in metrics: the template of its path
 * @param deed what a POST to it does
 * @param busy what it answers while too many requests are being answered already; null if it answers all the same, as
 *     what is said only once must be heard
 */
public record Lane(String endpoint, Deed deed, @Nullable Supplier<Response> busy) {
    /** Answers a request, as the endpoint's resource does for Jersey. */
    @FunctionalInterface
    public interface Deed {
        /** @throws RuntimeException as the resource does; {@link Errors} turns it into an answer */
        Response answer(HttpServletRequest request) throws IOException;
    }
}
