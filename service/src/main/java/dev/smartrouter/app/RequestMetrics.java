package dev.smartrouter.app;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.glassfish.jersey.server.ExtendedUriInfo;

/**
 * Counts and times requests under the original's names. An endpoint is the template of its path, so that a series is
 * never made by whoever sends requests.
 */
@PreMatching
final class RequestMetrics implements ContainerRequestFilter, ContainerResponseFilter {
    private static final String START = RequestMetrics.class.getName();
    private static final String OTHER = "other";
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    private final Consumer<Duration> podRequests;
    private final LongSupplier nanos;
    private final Histogram durations;
    private final Counter requests;
    private final Map<Series, Figures> known = new ConcurrentHashMap<>();

    /**
     * @param podRequests is told how long each answer to a request for a pod took
     * @param nanos monotonic time in ns
     */
    RequestMetrics(PrometheusRegistry registry, Consumer<Duration> podRequests, LongSupplier nanos) {
        this.podRequests = podRequests;
        this.nanos = nanos;
        this.durations = Histogram.builder()
                .name("http_request_duration_seconds")
                .help("Time from a request's headers to its answer, in seconds.")
                .labelNames("method", "endpoint", "status")
                .classicOnly()
                .classicUpperBounds(.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10)
                .register(registry);
        this.requests = Counter.builder()
                .name("http_requests_total")
                .help("Requests answered.")
                .labelNames("method", "endpoint", "status")
                .register(registry);
    }

    @Override
    public void filter(ContainerRequestContext request) {
        request.setProperty(START, nanos.getAsLong());
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (!(request.getProperty(START) instanceof Long start)) return;
        var method = METHODS.contains(request.getMethod()) ? request.getMethod() : OTHER;
        answered(method, endpoint(request), response.getStatus(), start);
    }

    /** Monotonic time in ns. */
    long now() {
        return nanos.getAsLong();
    }

    /**
     * A request has its answer.
     *
     * @param endpoint the template of its path
     * @param start what {@link #now} was when it came
     */
    void answered(String method, String endpoint, int status, long start) {
        var figures = known.computeIfAbsent(new Series(method, endpoint, status), this::series);
        var took = nanos.getAsLong() - start;
        figures.durations.observe(took / 1e9);
        figures.requests.inc();
        if (figures.forPods) podRequests.accept(Duration.ofNanos(took));
    }

    private Figures series(Series series) {
        var labels = new String[] {series.method, series.endpoint, Integer.toString(series.status)};
        var forPods = series.endpoint.endsWith("/allocate") || series.endpoint.contains("/callback");
        return new Figures(durations.labelValues(labels), requests.labelValues(labels), forPods);
    }

    private record Series(String method, String endpoint, int status) {}

    /** Found once: the registry looks its series up by a list of labels. */
    private record Figures(DistributionDataPoint durations, CounterDataPoint requests, boolean forPods) {}

    private static String endpoint(ContainerRequestContext request) {
        if (!(request.getUriInfo() instanceof ExtendedUriInfo uri) || uri.getMatchedResourceMethod() == null)
            return OTHER;
        var path = new StringBuilder();
        for (var template : uri.getMatchedTemplates()) path.insert(0, template.getTemplate());
        var provider = uri.getPathParameters().getFirst("provider"); // one of three, or nothing would have matched
        return path.toString()
                .replaceAll("\\{ *(\\w+) *:[^{}]*}", "{$1}")
                .replace("{provider}", provider == null ? "{provider}" : provider)
                .replaceAll("/{2,}", "/");
    }
}
