package dev.smartrouter.app;

import dev.smartrouter.CallSid;
import dev.smartrouter.PodName;
import dev.smartrouter.pod.Pod;
import dev.smartrouter.pool.Allocation;
import dev.smartrouter.pool.Census;
import dev.smartrouter.pool.Claim;
import dev.smartrouter.pool.ClaimRequest;
import dev.smartrouter.pool.Pools;
import dev.smartrouter.pool.Release;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Pools, and how long the store takes for each step, tries included. */
final class TimedPools implements Pools {
    private final Pools pools;
    private final LongSupplier nanos;
    private final Histogram durations;
    private final Map<Series, DistributionDataPoint> known = new ConcurrentHashMap<>();

    /** @param nanos monotonic time in ns */
    TimedPools(Pools pools, PrometheusRegistry registry, LongSupplier nanos) {
        this.pools = pools;
        this.nanos = nanos;
        this.durations = Histogram.builder()
                .name("smart_router_store_duration_seconds")
                .help("Time that a request waited for the store, in seconds.")
                .labelNames("step", "outcome")
                .classicOnly()
                .classicUpperBounds(.00025, .0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1)
                .register(registry);
    }

    @Override
    public Claim claim(ClaimRequest request) {
        return timed("claim", () -> pools.claim(request));
    }

    @Override
    public Release release(CallSid call) {
        return timed("release", () -> pools.release(call));
    }

    @Override
    public boolean confirm(CallSid call) {
        return timed("confirm", () -> pools.confirm(call));
    }

    @Override
    public OptionalInt drain(PodName pod, Duration ttl) {
        return timed("drain", () -> pools.drain(pod, ttl));
    }

    @Override
    public OptionalInt undrain(PodName pod) {
        return timed("undrain", () -> pools.undrain(pod));
    }

    @Override
    public Optional<Allocation> findCall(CallSid call) {
        return timed("find_call", () -> pools.findCall(call));
    }

    @Override
    public Optional<Pod> findPod(PodName pod) {
        return timed("find_pod", () -> pools.findPod(pod));
    }

    @Override
    public Census census() {
        return timed("census", pools::census);
    }

    /** Found once: the registry looks its series up by a list of labels. */
    private record Series(String step, String outcome) {}

    private <T> T timed(String step, Supplier<T> work) {
        var start = nanos.getAsLong();
        var outcome = "failed";
        try {
            var result = work.get();
            outcome = "answered";
            return result;
        } finally {
            known.computeIfAbsent(new Series(step, outcome), its -> durations.labelValues(its.step, its.outcome))
                    .observe((nanos.getAsLong() - start) / 1e9);
        }
    }
}
