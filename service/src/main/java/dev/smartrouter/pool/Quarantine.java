package dev.smartrouter.pool;

import dev.smartrouter.CallSid;
import dev.smartrouter.pod.Pod;
import dev.smartrouter.pool.Recovery.Cause;
import dev.smartrouter.pool.Recovery.Round;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * After a loss, before the gate opens: asks the agents which calls they have, and holds the pods that nobody can vouch
 * for, neither a router's memory nor their agent, until the calls they may have are over. Asks once more when whoever
 * was still on the way to an agent must have come there.
 */
public final class Quarantine {
    private static final Logger log = LoggerFactory.getLogger(Quarantine.class);
    /** A call this young may have a pod whose agent has not heard of it yet: its stream is still being opened. */
    private static final Duration CONNECTING = Duration.ofSeconds(60);

    private static final int ASKED_AT_ONCE = 256;

    private final Cluster cluster;
    private final Reconciler reconciler;
    private final Recovery recovery;
    private final Pools pools;
    private final Duration hold;
    private final LongSupplier nanos;
    private volatile @Nullable SecondLook secondLook;

    /**
     * @param hold how long a pod is held, longer than most calls are
     * @param nanos monotonic time in ns
     */
    public Quarantine(
            Cluster cluster, Reconciler reconciler, Recovery recovery, Pools pools, Duration hold, LongSupplier nanos) {
        this.cluster = cluster;
        this.reconciler = reconciler;
        this.recovery = recovery;
        this.pools = pools;
        this.hold = hold;
        this.nanos = nanos;
    }

    /** @param opened when the first was, on Redis's clock: a call that began later is not looked at */
    private record SecondLook(long dueNanos, Instant opened) {}

    /** @throws ClusterUnavailableException if the cluster does not say which pods there are */
    void see(Round round, Instant closedSince, Instant now) {
        var pods = pods();
        var answers = ask(pods);
        answers.forEach((pod, answer) -> answer.ifPresent(calls -> believe(pod, calls, now)));
        secondLook = new SecondLook(nanos.getAsLong() + CONNECTING.toNanos(), now);
        if (isVouchedFor(round)) return;
        var unknown = pods.stream()
                .filter(pod -> answers.getOrDefault(pod, Optional.empty()).isEmpty()
                        && pod.started().isBefore(closedSince))
                .toList();
        reconciler.registerAll(unknown, Optional.of(now.plus(hold)));
        if (!unknown.isEmpty()) {
            log.error(
                    "nobody knows the calls of {} pods: they take none for {}; undrain ends that",
                    unknown.size(),
                    hold);
        }
    }

    /**
     * The second look, when it is due: ends what was remembered from before the opening and has not come to its agent.
     *
     * @throws ClusterUnavailableException if the cluster does not say which pods there are; the next tick tries again
     */
    public void tick() {
        var look = secondLook;
        if (look == null || nanos.getAsLong() - look.dueNanos < 0) return;
        ask(pods()).forEach((pod, answer) -> answer.ifPresent(calls -> endAbsent(pod, calls, look.opened)));
        if (secondLook == look) secondLook = null;
    }

    private void endAbsent(PodSighting pod, Set<CallSid> calls, Instant opened) {
        find(pod).map(Pod::calls).orElse(List.of()).stream()
                .filter(call -> !calls.contains(call))
                .forEach(call -> recovery.end(call, opened));
    }

    private List<PodSighting> pods() {
        return cluster.list().stream().filter(pod -> !pod.gone()).toList();
    }

    /** As the store has it; empty if that knows another life of it. */
    private Optional<Pod> find(PodSighting pod) {
        return pools.findPod(pod.pod()).filter(known -> known.incarnation().equals(pod.incarnation()));
    }

    private boolean isVouchedFor(Round round) {
        return round.remembered()
                || round.cause() == Cause.UPGRADE
                || (round.cause() == Cause.EMPTY && !cluster.everOpened());
    }

    private Map<PodSighting, Optional<Set<CallSid>>> ask(List<PodSighting> pods) {
        var answers = new HashMap<PodSighting, Optional<Set<CallSid>>>();
        var atOnce = new Semaphore(ASKED_AT_ONCE);
        try (var askers = Executors.newVirtualThreadPerTaskExecutor()) {
            var asked = new ArrayList<Future<Optional<Set<CallSid>>>>();
            for (var pod : pods) asked.add(askers.submit(() -> askOne(atOnce, pod)));
            for (int i = 0; i < pods.size(); i++) answers.put(pods.get(i), answer(asked.get(i)));
        }
        return answers;
    }

    private Optional<Set<CallSid>> askOne(Semaphore atOnce, PodSighting pod) throws InterruptedException {
        atOnce.acquire();
        try {
            return cluster.activeCalls(pod);
        } finally {
            atOnce.release();
        }
    }

    private static Optional<Set<CallSid>> answer(Future<Optional<Set<CallSid>>> asked) {
        try {
            return asked.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException e) {
            log.warn("an agent could not be asked for its calls", e.getCause());
            return Optional.empty();
        }
    }

    /** What the agent says of its calls is better than what anybody remembers of them. */
    private void believe(PodSighting pod, Set<CallSid> calls, Instant now) {
        var known = find(pod);
        if (known.isEmpty()) return;
        for (var call : known.get().calls()) {
            if (!calls.contains(call) && !isConnecting(call, now)) pools.release(call);
        }
        for (var call : calls) {
            if (known.get().calls().contains(call)) continue;
            var record = Map.of(
                    CallRecord.POD,
                    pod.pod().value(),
                    "source_pool",
                    known.get().pool().value(),
                    CallRecord.ALLOCATED_AT,
                    Long.toString(now.toEpochMilli()),
                    "pod_inc",
                    pod.incarnation().id());
            var deadline = now.plus(Duration.ofDays(1));
            recovery.restore(
                    new MirroredCall(
                            call, pod.pod(), pod.incarnation(), known.get().pool(), deadline, record),
                    false);
        }
    }

    private boolean isConnecting(CallSid call, Instant now) {
        return pools.findCall(call)
                .filter(found -> found.allocatedAt().isAfter(now.minus(CONNECTING)))
                .isPresent();
    }
}
