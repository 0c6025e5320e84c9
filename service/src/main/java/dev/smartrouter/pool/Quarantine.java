package dev.smartrouter.pool;

import dev.smartrouter.CallSid;
import dev.smartrouter.pool.Recovery.Cause;
import dev.smartrouter.pool.Recovery.Round;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * After a loss, before the gate opens: asks the agents which calls they have, and holds the pods that nobody can vouch
 * for, neither a router's memory nor their agent, until the calls they may have are over. {@link AbsentCalls} asks again.
 */
public final class Quarantine {
    private static final Logger log = LoggerFactory.getLogger(Quarantine.class);
    /** A call this young may have a pod whose agent has not heard of it yet: its stream is still being opened. */
    private static final Duration CONNECTING = Duration.ofSeconds(60);

    private final Cluster cluster;
    private final Agents agents;
    private final Reconciler reconciler;
    private final Recovery recovery;
    private final Pools pools;
    private final Duration hold;

    /** @param hold how long a pod is held, longer than most calls are */
    public Quarantine(
            Cluster cluster, Agents agents, Reconciler reconciler, Recovery recovery, Pools pools, Duration hold) {
        this.cluster = cluster;
        this.agents = agents;
        this.reconciler = reconciler;
        this.recovery = recovery;
        this.pools = pools;
        this.hold = hold;
    }

    /** @throws ClusterUnavailableException if the cluster does not say which pods there are */
    void see(Round round, Instant closedSince, Instant now) {
        var pods = agents.list();
        var answers = agents.ask(pods);
        answers.forEach((pod, answer) -> answer.ifPresent(calls -> believe(pod, calls, now)));
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

    private boolean isVouchedFor(Round round) {
        return round.remembered()
                || round.cause() == Cause.UPGRADE
                || (round.cause() == Cause.EMPTY && !cluster.everOpened());
    }

    /** What the agent says of its calls is better than what anybody remembers of them. */
    private void believe(PodSighting pod, Set<CallSid> calls, Instant now) {
        var known = pools.findPod(pod.pod());
        if (known.isEmpty() || !known.get().incarnation().equals(pod.incarnation())) return;
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
