package dev.smartrouter.dashboard;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.Response.Status;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Times every request for a pod, whoever asks, from its headers to its answer. */
@PreMatching
public final class AnswerTimes implements ContainerRequestFilter, ContainerResponseFilter {
    private static final String START = AnswerTimes.class.getName();

    private final Figures figures;
    private final LongSupplier nanos;

    /** @param nanos monotonic time in ns */
    public AnswerTimes(Figures figures, LongSupplier nanos) {
        this.figures = figures;
        this.nanos = nanos;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        var path = request.getUriInfo().getPath();
        if (path.endsWith("/allocate") || path.contains("/callback")) {
            request.setProperty(START, nanos.getAsLong());
        }
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (response.getStatus() == Status.NOT_FOUND.getStatusCode()) return;
        if (request.getProperty(START) instanceof Long start) {
            figures.answeredIn(Duration.ofNanos(nanos.getAsLong() - start));
        }
    }
}
