package dev.smartrouter.app;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** Gives each request an id, its sender's own if it has one, which its log lines carry and its answer repeats. */
@PreMatching
final class RequestIds implements ContainerRequestFilter, ContainerResponseFilter {
    static final String HEADER = "X-Request-Id";
    static final String FIELD = "request_id";
    private static final Pattern FIT = Pattern.compile("[A-Za-z0-9._:/=+-]{1,128}");

    private final Supplier<String> newIds;

    RequestIds(Supplier<String> newIds) {
        this.newIds = newIds;
    }

    /** The id of a request that begins on this thread, from its sender's header if it has one. */
    String begin(@Nullable String theirs) {
        var id = theirs != null && FIT.matcher(theirs).matches() ? theirs : newIds.get();
        MDC.put(FIELD, id);
        return id;
    }

    /** The request has been answered. */
    void end() {
        MDC.remove(FIELD);
    }

    @Override
    public void filter(ContainerRequestContext request) {
        request.setProperty(FIELD, begin(request.getHeaderString(HEADER)));
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (request.getProperty(FIELD) instanceof String id)
            response.getHeaders().putSingle(HEADER, id);
        end();
    }
}
