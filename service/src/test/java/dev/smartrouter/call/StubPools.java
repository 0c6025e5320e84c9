package dev.smartrouter.call;

import dev.smartrouter.CallSid;
import dev.smartrouter.PodName;
import dev.smartrouter.PoolName;
import dev.smartrouter.pod.Incarnation;
import dev.smartrouter.pod.Pod;
import dev.smartrouter.pod.PodState;
import dev.smartrouter.pool.Allocation;
import dev.smartrouter.pool.Census;
import dev.smartrouter.pool.Claim;
import dev.smartrouter.pool.ClaimRequest;
import dev.smartrouter.pool.Pools;
import dev.smartrouter.pool.Release;
import dev.smartrouter.pool.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Pools that say what a test wants them to say. Not a model of the store: who needs one takes the in-memory pools,
 * which pass the contract.
 */
public final class StubPools implements Pools {
    public static final Instant NOON = Instant.parse("2026-02-11T12:00:00.007Z");

    /** What the next claims say, before anything else is looked at. */
    public final List<Claim> script = new ArrayList<>();

    /** Merchant configs, as the store has them. */
    public final Map<String, String> configs = new HashMap<>();

    public final List<ClaimRequest> claims = new ArrayList<>();
    public final List<CallSid> confirmed = new ArrayList<>();
    public final Map<CallSid, Allocation> calls = new LinkedHashMap<>();
    public final Set<PodName> draining = new HashSet<>();
    public boolean down;

    /** A fault of ours, that nobody expects. */
    public @Nullable RuntimeException fault;

    private final Map<PodName, PoolName> pods = new LinkedHashMap<>();

    public StubPools pod(String pool, String name) {
        pods.put(new PodName(name), new PoolName(pool));
        return this;
    }

    @Override
    public synchronized Claim claim(ClaimRequest request) {
        requireUp();
        claims.add(request);
        if (!script.isEmpty()) return script.removeFirst();
        if (calls.containsKey(request.call())) return new Claim.Held(calls.get(request.call()));
        var config =
                request.merchant().map(m -> configs.getOrDefault(m.value(), "")).orElse("");
        if (!config.equals(request.merchantConfig())) return new Claim.ConfigChanged(config);
        var tried = new ArrayList<String>();
        for (var step : request.chain().steps()) {
            for (var pod : pods.keySet()) {
                if (!pods.get(pod).equals(step.pool()) || draining.contains(pod)) continue;
                if (callsOn(pod).size() >= step.capacity()) continue;
                tried.add(step.pool() + " took");
                var allocation = allocation(request, pod, step.pool(), String.join(", ", tried));
                calls.put(request.call(), allocation);
                return new Claim.Claimed(allocation);
            }
            tried.add(step.pool() + " full");
        }
        return new Claim.Full(String.join(", ", tried));
    }

    private static Allocation allocation(ClaimRequest request, PodName pod, PoolName pool, String tried) {
        return new Allocation(
                request.call(),
                pod,
                "uid-1/0",
                pool,
                request.merchant().map(Object::toString).orElse(""),
                NOON,
                request.origin(),
                tried,
                request.wsUrl().replace("{pod}", pod.value()),
                false);
    }

    private List<CallSid> callsOn(PodName pod) {
        return calls.values().stream()
                .filter(call -> call.pod().equals(pod))
                .map(Allocation::call)
                .toList();
    }

    @Override
    public synchronized Release release(CallSid call) {
        requireUp();
        var allocation = calls.remove(call);
        if (allocation == null) return new Release.NotFound();
        var pod = allocation.pod();
        return new Release.Released(
                pod,
                allocation.source(),
                pods.get(pod),
                draining.contains(pod),
                new Release.Ended(allocation.merchant(), allocation.origin().provider(), allocation.allocatedAt()));
    }

    @Override
    public synchronized boolean confirm(CallSid call) {
        requireUp();
        if (!calls.containsKey(call)) return false;
        return confirmed.add(call);
    }

    @Override
    public synchronized OptionalInt drain(PodName pod, Duration ttl) {
        requireUp();
        if (!pods.containsKey(pod)) return OptionalInt.empty();
        draining.add(pod);
        return OptionalInt.of(callsOn(pod).size());
    }

    @Override
    public synchronized OptionalInt undrain(PodName pod) {
        requireUp();
        if (!pods.containsKey(pod)) return OptionalInt.empty();
        draining.remove(pod);
        return OptionalInt.of(callsOn(pod).size());
    }

    @Override
    public synchronized Optional<Allocation> findCall(CallSid call) {
        requireUp();
        return Optional.ofNullable(calls.get(call));
    }

    @Override
    public synchronized Optional<Pod> findPod(PodName pod) {
        requireUp();
        var pool = pods.get(pod);
        if (pool == null) return Optional.empty();
        var drains = draining.contains(pod);
        var on = callsOn(pod);
        return Optional.of(new Pod(
                pod,
                pool,
                drains ? PodState.DRAINING : on.isEmpty() ? PodState.AVAILABLE : PodState.ALLOCATED,
                new Incarnation("uid-1/0", 1),
                true,
                false,
                Instant.EPOCH,
                drains ? Optional.of(Duration.ofMinutes(6)) : Optional.empty(),
                on.stream().findFirst(),
                on,
                "{\"ip\":\"10.0.0.1\"}"));
    }

    @Override
    public synchronized Census census() {
        requireUp();
        var counts = new LinkedHashMap<PoolName, Census.Count>();
        pods.forEach((pod, pool) -> {
            var busy = callsOn(pod).size();
            var drains = draining.contains(pod) ? 1 : 0;
            var free = busy == 0 && drains == 0 ? 1 : 0;
            counts.merge(pool, new Census.Count(1, free, busy, drains), StubPools::sum);
        });
        return new Census(calls.size(), counts);
    }

    private static Census.Count sum(Census.Count a, Census.Count b) {
        return new Census.Count(
                a.assigned() + b.assigned(),
                a.available() + b.available(),
                a.activeCalls() + b.activeCalls(),
                a.draining() + b.draining());
    }

    private void requireUp() {
        if (fault != null) throw fault;
        if (down) throw new StoreUnavailableException("the store is down");
    }
}
