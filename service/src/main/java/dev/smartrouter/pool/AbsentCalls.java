package dev.smartrouter.pool;

import static java.util.stream.Collectors.groupingBy;

import dev.smartrouter.CallSid;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls that a loss brought back and that their agents do not have. Such a call may still be on its way to its agent, or
 * between two connections, so the agents are asked again minute by minute: what is absent twice in a row is over. Only
 * the replica that opened the gate looks, and only while it runs.
 */
public final class AbsentCalls {
    private static final Logger log = LoggerFactory.getLogger(AbsentCalls.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofMinutes(1);
    private static final int MOST_LOOKS = 3;

    private final Agents agents;
    private final Mirror mirror;
    private final Recovery recovery;
    private final LongSupplier nanos;
    private final AtomicReference<@Nullable Look> next = new AtomicReference<>();

    /** @param nanos monotonic time in ns */
    public AbsentCalls(Agents agents, Mirror mirror, Recovery recovery, LongSupplier nanos) {
        this.agents = agents;
        this.mirror = mirror;
        this.recovery = recovery;
        this.nanos = nanos;
    }

    /**
     * One that is due.
     *
     * @param until calls that began later are not looked at; on the store's clock
     * @param left how many looks there will be, this one included
     * @param absent what was absent the last time, and when it began
     */
    private record Look(long dueNanos, Instant until, int left, Map<CallSid, Instant> absent) {}

    /** @param now on the store's clock, while the gate is closed */
    void expect(Instant now) {
        next.set(new Look(due(), now, MOST_LOOKS, Map.of()));
    }

    private long due() {
        return nanos.getAsLong() + BETWEEN_LOOKS.toNanos();
    }

    /** Looks, if it is time. For while the gate is open. */
    public void tick() {
        var look = next.get();
        if (look == null || nanos.getAsLong() - look.dueNanos < 0) return;
        next.compareAndSet(look, after(look));
    }

    private @Nullable Look after(Look look) {
        try {
            var absent = absent(look.until);
            absent.forEach((call, began) -> {
                if (began.equals(look.absent.get(call))) end(call, began);
            });
            return look.left == 1 ? null : new Look(due(), look.until, look.left - 1, absent);
        } catch (ClusterUnavailableException | StoreUnavailableException e) {
            log.warn("agents are asked for their calls again in {}: {}", BETWEEN_LOOKS, e.getMessage());
            return new Look(due(), look.until, look.left, look.absent);
        }
    }

    private Map<CallSid, Instant> absent(Instant until) {
        var calls = mirror.calls().stream()
                .filter(call -> !call.allocatedAt().isAfter(until))
                .collect(groupingBy(MirroredCall::pod));
        var pods = agents.list().stream()
                .filter(pod -> calls.containsKey(pod.pod()))
                .toList();
        var absent = new HashMap<CallSid, Instant>();
        agents.ask(pods)
                .forEach((pod, answer) -> answer.ifPresent(has -> {
                    for (var call : calls.getOrDefault(pod.pod(), List.of())) {
                        var here = call.incarnation().equals(pod.incarnation());
                        if (here && !has.contains(call.call())) absent.put(call.call(), call.allocatedAt());
                    }
                }));
        return absent;
    }

    /** As of the moment at which it began: if another router knows of a later call of that sid, that one stays. */
    private void end(CallSid call, Instant began) {
        if (recovery.end(call, began))
            log.warn("ended call {}, brought back after a loss: its agent has not got it", call);
    }
}
