package dev.smartrouter.app;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** The business figures, under the original's names. Those that are states are read when they are asked for. */
public final class RouterMetrics {
    /** What stands for the pool where there is none. */
    static final String NO_POOL = "none";

    private static final String PREFIX = "smart_router_";

    private final PrometheusRegistry registry;
    private final Counter allocations;
    private final Counter releases;
    private final Counter panics;
    private final Counter drains;
    private final Counter merchantConfigs;
    private final Counter webhookChecks;
    private final Counter apiRefusals;

    public RouterMetrics(PrometheusRegistry registry) {
        this.registry = registry;
        this.allocations = counter("allocations_total", "Requests for a pod, by what came of them.", "pool", "status");
        this.releases =
                counter("releases_total", "Requests to release a call, by what came of them.", "pool", "status");
        this.panics = counter("panics_recovered_total", "Requests that met an error nobody expected.");
        this.drains = counter("drains_total", "Drains of a pod that an operator asked for.");
        this.merchantConfigs =
                counter("merchant_configs_refused_total", "Merchant configs that are none, or name what nobody knows.");
        this.webhookChecks = counter(
                "webhook_checks_total",
                "Webhooks whose proof was looked at, by what came of it.",
                "provider",
                "outcome");
        this.apiRefusals = counter("api_refusals_total", "Callers whom the API turned away, by why.", "reason");
        allocations.initLabelValues(NO_POOL, "unavailable"); // so that they are there before the first call
        releases.initLabelValues(NO_POOL, "unavailable");
    }

    void allocation(String pool, String status) {
        allocations.labelValues(pool, status).inc();
    }

    void release(String pool, String status) {
        releases.labelValues(pool, status).inc();
    }

    void panic() {
        panics.inc();
    }

    /** A pod was drained. */
    void drained() {
        drains.inc();
    }

    void webhookChecked(String provider, String outcome) {
        webhookChecks.labelValues(provider, outcome).inc();
    }

    void apiRefusal(String reason) {
        apiRefusals.labelValues(reason).inc();
    }

    void merchantConfigRefused() {
        merchantConfigs.inc();
    }

    /** A figure without labels; the supplier is asked at each scrape and must not wait for anything. */
    RouterMetrics gauge(String name, String help, DoubleSupplier value) {
        GaugeWithCallback.builder()
                .name(PREFIX + name)
                .help(help)
                .callback(to -> to.call(value.getAsDouble()))
                .register(registry);
        return this;
    }

    /** A figure for each value of a label. */
    RouterMetrics gauges(String name, String help, String label, Supplier<Map<String, Long>> values) {
        GaugeWithCallback.builder()
                .name(PREFIX + name)
                .help(help)
                .labelNames(label)
                .callback(to -> values.get().forEach((of, value) -> to.call(value, of)))
                .register(registry);
        return this;
    }

    /** A count that somebody else keeps. */
    RouterMetrics count(String name, String help, LongSupplier value) {
        CounterWithCallback.builder()
                .name(PREFIX + name)
                .help(help)
                .callback(to -> to.call(value.getAsLong()))
                .register(registry);
        return this;
    }

    private Counter counter(String name, String help, String... labels) {
        return Counter.builder()
                .name(PREFIX + name)
                .help(help)
                .labelNames(labels)
                .register(registry);
    }
}
