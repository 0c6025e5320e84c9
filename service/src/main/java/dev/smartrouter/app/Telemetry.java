package dev.smartrouter.app;

import com.codahale.metrics.Counter;
import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.jvm.GarbageCollectorMetricSet;
import com.codahale.metrics.jvm.MemoryUsageGaugeSet;
import com.codahale.metrics.jvm.ThreadStatesGaugeSet;
import dev.smartrouter.http.Errors;
import dev.smartrouter.http.Lane;
import dev.smartrouter.http.LenientHeaders;
import dev.smartrouter.http.Panics;
import dev.smartrouter.pool.StoreErrors;
import dev.smartrouter.pool.StoreUnavailableException;
import io.dropwizard.core.setup.Environment;
import io.prometheus.metrics.exporter.servlet.jakarta.PrometheusMetricsServlet;
import io.prometheus.metrics.instrumentation.dropwizard.DropwizardExports;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import jakarta.servlet.DispatcherType;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What every request and every port has alike: ids, figures, errors in JSON, and Dropwizard's metrics beside ours. */
final class Telemetry {
    /** Dropwizard's own metrics that are shown beside ours. */
    private static final List<String> BRIDGED =
            List.of("jvm.", "io.dropwizard.jetty.", "org.eclipse.jetty.", "ch.qos.logback.");

    private static final Set<String> BUFFERS = Set.of("direct", "mapped");
    private static final String NO_NUMBER = "jvm.threads.deadlocks";

    private Telemetry() {}

    /** Requests that are answered at once. A call takes ms; but while the store recovers, callers wait for it. */
    private static final int MOST_AT_ONCE = 2_048;

    /** @param lanes what is answered without Jersey, by path */
    static void register(
            Environment environment,
            Map<String, Lane> lanes,
            RequestMetrics requests,
            PrometheusRegistry registry,
            Panics panics) {
        var ids = new RequestIds(() -> RouterId.mark(16));
        var errors = new Errors(panics);
        var storeErrors = new StoreErrors();
        var api = environment.jersey();
        for (var component : List.of(ids, requests, errors, storeErrors)) api.register(component);
        var express = new ExpressLanes(
                lanes,
                ids,
                requests,
                error -> error instanceof StoreUnavailableException gone
                        ? storeErrors.toResponse(gone)
                        : errors.toResponse(error),
                environment.getObjectMapper().writer(),
                MOST_AT_ONCE);
        environment
                .servlets()
                .addFilter("express lanes", express)
                .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, "/*"); // after those who refuse

        var metrics = environment.metrics();
        metrics.register("jvm.gc", new GarbageCollectorMetricSet());
        metrics.register("jvm.memory", new MemoryUsageGaugeSet());
        metrics.register("jvm.threads", new ThreadStatesGaugeSet());
        registerBuffers(metrics);
        DropwizardExports.builder()
                .dropwizardRegistry(metrics)
                .metricFilter((name, metric) -> BRIDGED.stream().anyMatch(name::startsWith)
                        && !name.equals(NO_NUMBER)
                        && !(metric instanceof Counter)) // Dropwizard's count up and down, Prometheus' only up
                .register(registry);

        environment
                .servlets()
                .addFilter("lenient headers", new LenientHeaders())
                .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
        var admin = environment.admin().addServlet("prometheus", new PrometheusMetricsServlet(registry));
        admin.addMapping("/metrics", "/api/v1/metrics");
        environment.getApplicationContext().setErrorHandler(new JsonErrorPages());
    }

    /** As BufferPoolMetricSet does, which starts JMX's server for it: some 45 ms of the router's start. */
    private static void registerBuffers(MetricRegistry metrics) {
        for (var buffers : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
            if (!BUFFERS.contains(buffers.getName())) continue;
            var name = MetricRegistry.name("jvm.buffers", buffers.getName());
            metrics.registerGauge(name + ".count", buffers::getCount);
            metrics.registerGauge(name + ".used", buffers::getMemoryUsed);
            metrics.registerGauge(name + ".capacity", buffers::getTotalCapacity);
        }
    }
}
