package dev.smartrouter.pool;

import dev.smartrouter.CallSid;
import dev.smartrouter.PodName;
import dev.smartrouter.pod.Pod;
import dev.smartrouter.tier.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** {@link Pools} in memory. */
public final class InMemoryPools implements Pools {
    private static final Duration LATE_RETRY = Duration.ofSeconds(30);
    private static final Duration PROBATION = Duration.ofSeconds(120);

    private static final int MOST_ON_PROBATION = 100;

    private final InMemoryStore store;

    public InMemoryPools(InMemoryStore store) {
        this.store = store;
    }

    @Override
    public Claim claim(ClaimRequest request) {
        synchronized (store) {
            var held = store.calls.get(request.call());
            if (held != null) return new Claim.Held(held.allocation());
            if (store.gen.isEmpty()) return new Claim.Closed();
            if (request.merchant().isPresent()) {
                var text = store.merchants.getOrDefault(request.merchant().get().value(), "");
                if (!text.equals(request.merchantConfig())) return new Claim.ConfigChanged(text);
            }
            var limit = limit(request);
            if (limit.isPresent()) return new Claim.Limited(limit.get());
            var tried = new ArrayList<String>();
            for (var step : request.chain().steps()) {
                var pod = find(step);
                tried.add(step.pool() + (pod.isPresent() ? " took" : said(step)));
                if (pod.isPresent()) return new Claim.Claimed(take(request, step, pod.get(), tried));
            }
            return new Claim.Full(String.join(", ", tried));
        }
    }

    private Optional<Claim.Limit> limit(ClaimRequest request) {
        var merchant = request.merchant().map(Object::toString).orElse("");
        var limits = request.limits();
        var live = store.calls.values().stream()
                .filter(call -> merchant.equals(call.record().get("merchant_id")))
                .count();
        if (live >= limits.calls().orElse(Integer.MAX_VALUE)) return Optional.of(Claim.Limit.MAX_CALLS);
        if (limits.callsPerSecond().isPresent()
                && paced(merchant, limits.callsPerSecond().getAsInt())
                        > store.now().toEpochMilli() + 1000.5) {
            return Optional.of(Claim.Limit.MAX_CPS);
        }
        var soon = store.now().plus(PROBATION);
        var onProbation = store.calls.values().stream()
                .filter(call ->
                        call.deadline().isAfter(store.now()) && !call.deadline().isAfter(soon))
                .count();
        return isLateRetry(request.call(), store.now()) && onProbation >= MOST_ON_PROBATION
                ? Optional.of(Claim.Limit.PROBATION)
                : Optional.empty();
    }

    /** When the bucket is full again if one more call is taken from it. */
    private double paced(String merchant, int callsPerSecond) {
        var now = store.now().toEpochMilli();
        var full = Math.min(store.paces.getOrDefault(merchant, 0.0), now + 1000);
        return Math.max(now, full) + 1000.0 / callsPerSecond;
    }

    /** The least busy pod of the pool that has room. */
    private Optional<MemoryPod> find(Step step) {
        return store.pods.values().stream()
                .filter(pod -> pod.pool.equals(step.pool()) && store.free(pod) && pod.calls.size() < step.capacity())
                .min(Comparator.comparingInt(pod -> pod.calls.size()));
    }

    private String said(Step step) {
        return store.pods.values().stream().anyMatch(pod -> pod.pool.equals(step.pool()) && store.free(pod))
                ? " full"
                : " empty";
    }

    private Allocation take(ClaimRequest request, Step step, MemoryPod pod, List<String> tried) {
        var now = store.now();
        var record = new HashMap<String, String>();
        record.put(CallRecord.POD, pod.name.value());
        record.put("source_pool", step.pool().value());
        record.put("merchant_id", request.merchant().map(Object::toString).orElse(""));
        record.put(CallRecord.ALLOCATED_AT, Long.toString(now.toEpochMilli()));
        record.put("pod_inc", pod.incarnation.id());
        record.put("provider", request.origin().provider());
        record.put("flow", request.origin().flow());
        record.put("template", request.origin().template());
        record.put("tried", String.join(", ", tried));
        record.put("ws_url", request.wsUrl().replace("{pod}", pod.name.value()));
        var call = new MemoryCall(request.call(), pod, now.plus(lasting(request.call(), now)), record);
        store.put(call);
        request.limits().callsPerSecond().ifPresent(most -> {
            var merchant = request.merchant().map(Object::toString).orElse("");
            store.paces.put(merchant, paced(merchant, most));
        });
        return call.allocation();
    }

    private Duration lasting(CallSid call, Instant now) {
        return isLateRetry(call, now) && PROBATION.compareTo(store.callTtl) < 0 ? PROBATION : store.callTtl;
    }

    private boolean isLateRetry(CallSid call, Instant now) {
        return store.ended(call).filter(at -> at.plus(LATE_RETRY).isAfter(now)).isPresent();
    }

    @Override
    public Release release(CallSid sid) {
        synchronized (store) {
            var call = store.calls.get(sid);
            store.end(sid);
            if (call == null) return new Release.NotFound();
            var pod = call.pod();
            return new Release.Released(
                    pod.name,
                    call.allocation().source(),
                    pod.pool,
                    pod.terminating || pod.draining(store.now()),
                    new Release.Ended(
                            call.allocation().merchant(),
                            call.allocation().origin().provider(),
                            call.allocatedAt()));
        }
    }

    @Override
    public boolean confirm(CallSid sid) {
        synchronized (store) {
            var renewed = store.now().plus(store.callTtl);
            return store.calls.computeIfPresent(sid, (key, call) -> call.until(renewed)) != null;
        }
    }

    @Override
    public OptionalInt drain(PodName name, Duration ttl) {
        synchronized (store) {
            var pod = store.pods.get(name);
            if (pod == null) return OptionalInt.empty();
            pod.drainingUntil = store.now().plus(ttl);
            return OptionalInt.of(pod.calls.size());
        }
    }

    @Override
    public OptionalInt undrain(PodName name) {
        synchronized (store) {
            var pod = store.pods.get(name);
            if (pod == null) return OptionalInt.empty();
            pod.drainingUntil = Instant.EPOCH;
            pod.heldUntil = Instant.EPOCH;
            return OptionalInt.of(pod.calls.size());
        }
    }

    @Override
    public Optional<Allocation> findCall(CallSid sid) {
        synchronized (store) {
            return Optional.ofNullable(store.calls.get(sid)).map(MemoryCall::allocation);
        }
    }

    @Override
    public Optional<Pod> findPod(PodName name) {
        synchronized (store) {
            return Optional.ofNullable(store.pods.get(name)).map(pod -> pod.snapshot(store.now()));
        }
    }

    @Override
    public Census census() {
        synchronized (store) {
            var counts = new LinkedHashMap<dev.smartrouter.PoolName, Census.Count>();
            store.config.get().pools().forEach((pool, tier) -> {
                var pods = store.pods.values().stream()
                        .filter(pod -> pod.pool.equals(pool))
                        .toList();
                counts.put(
                        pool,
                        new Census.Count(
                                pods.size(),
                                pods.stream()
                                        .filter(pod -> store.free(pod) && pod.calls.size() < tier.capacity())
                                        .count(),
                                pods.stream().mapToInt(pod -> pod.calls.size()).sum(),
                                pods.stream()
                                        .filter(pod -> pod.draining(store.now()))
                                        .count()));
            });
            return new Census(store.calls.size(), counts);
        }
    }
}
