package dev.smartrouter.pool;

import dev.smartrouter.CallSid;
import dev.smartrouter.PodName;
import dev.smartrouter.pod.Pod;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the agents once more when whoever was on the way to one must have come there: a call that a loss brought back and
 * that its agent does not have by then is over. Known to the replica that opened the gate alone, and only while it runs.
 */
public final class SecondLook {
    private static final Logger log = LoggerFactory.getLogger(SecondLook.class);
    /** An agent that does not answer is asked again; most that never do cannot. */
    private static final int MOST_LOOKS = 3;

    private final Agents agents;
    private final Recovery recovery;
    private final Pools pools;
    private final LongSupplier nanos;
    private final AtomicReference<@Nullable Look> next = new AtomicReference<>();

    /** @param nanos monotonic time in ns */
    public SecondLook(Agents agents, Recovery recovery, Pools pools, LongSupplier nanos) {
        this.agents = agents;
        this.recovery = recovery;
        this.pools = pools;
        this.nanos = nanos;
    }

    /**
     * One that is due.
     *
     * @param until no call that began later is ended, on Redis's clock
     * @param answered whom to ask no more
     */
    private record Look(long dueNanos, Instant until, int number, Set<PodName> answered) {}

    /** @param now on Redis's clock, while the gate is closed */
    void expect(Instant now) {
        next.set(new Look(due(), now, 1, Set.of()));
    }

    private long due() {
        return nanos.getAsLong() + Quarantine.CONNECTING.toNanos();
    }

    public void tick() {
        var look = next.get();
        if (look == null || nanos.getAsLong() - look.dueNanos < 0) return;
        try {
            next.compareAndSet(look, take(look));
        } catch (ClusterUnavailableException e) {
            log.warn("the cluster does not answer; agents are asked for their calls when it does: {}", e.getMessage());
        }
    }

    private @Nullable Look take(Look look) {
        var pods = agents.list().stream()
                .filter(pod -> !look.answered.contains(pod.pod()))
                .toList();
        var answered = new HashSet<>(look.answered);
        var ended = 0;
        for (var answer : agents.ask(pods).entrySet()) {
            if (answer.getValue().isEmpty()) continue;
            answered.add(answer.getKey().pod());
            ended += endAbsent(answer.getKey(), answer.getValue().get(), look.until);
        }
        if (ended > 0) log.warn("ended {} calls from before the loss that their agents do not have", ended);
        var silent = pods.stream().anyMatch(pod -> !answered.contains(pod.pod()));
        return silent && look.number < MOST_LOOKS ? new Look(due(), look.until, look.number + 1, answered) : null;
    }

    private int endAbsent(PodSighting pod, Set<CallSid> calls, Instant until) {
        return (int) Agents.known(pools, pod).map(Pod::calls).orElse(List.of()).stream()
                .filter(call -> !calls.contains(call) && recovery.end(call, until))
                .count();
    }
}
