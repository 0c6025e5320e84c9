package dev.smartrouter.pool;

import dev.smartrouter.CallSid;
import dev.smartrouter.PodName;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** {@link Upkeep} in memory, where nothing needs mending. */
public final class InMemoryUpkeep implements Upkeep {
    private final InMemoryStore store;

    public InMemoryUpkeep(InMemoryStore store) {
        this.store = store;
    }

    @Override
    public List<CallSid> sweep(int limit) {
        synchronized (store) {
            var over = store.calls.values().stream()
                    .filter(call -> !call.deadline().isAfter(store.now()))
                    .sorted(Comparator.comparing(MemoryCall::deadline))
                    .limit(limit)
                    .map(MemoryCall::sid)
                    .toList();
            over.forEach(store::end);
            return over;
        }
    }

    @Override
    public List<Member> members() {
        synchronized (store) {
            return store.pods.values().stream()
                    .map(pod -> new Member(pod.name.value(), Set.of(pod.pool)))
                    .toList();
        }
    }

    @Override
    public List<Seen> audit(List<Member> members) {
        synchronized (store) {
            return members.stream()
                    .map(member -> store.pods.get(new PodName(member.name())))
                    .filter(Objects::nonNull)
                    .map(this::seen)
                    .toList();
        }
    }

    private Seen seen(MemoryPod pod) {
        var now = store.now();
        return new Seen(
                pod.name,
                pod.pool,
                pod.state(now),
                pod.calls.size(),
                pod.draining(now),
                pod.ready,
                pod.terminating,
                pod.heldUntil.isAfter(now),
                pod.incarnation);
    }
}
