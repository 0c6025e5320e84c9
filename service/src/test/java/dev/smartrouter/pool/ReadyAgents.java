package dev.smartrouter.pool;

import dev.smartrouter.CallSid;
import dev.smartrouter.PodName;
import dev.smartrouter.pod.Incarnation;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** A cluster of agents that have always been ready, as {@link RedisRouter#pod} registers them. */
final class ReadyAgents implements Cluster {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final int howMany;
    /** What each says that it has, by its name; nothing unless put here. */
    final Map<String, Optional<Set<CallSid>>> calls = new HashMap<>();

    boolean answers = true;
    int asked;

    ReadyAgents(int howMany) {
        this.howMany = howMany;
    }

    @Override
    public List<PodSighting> list() {
        if (!answers) throw new ClusterUnavailableException("no answer", new IllegalStateException());
        return IntStream.range(0, howMany).mapToObj(ReadyAgents::agent).toList();
    }

    private static PodSighting agent(int i) {
        var name = "agent-" + i;
        var life = Incarnation.of("uid-" + name, NOON, 0);
        return new PodSighting(new PodName(name), life, NOON, true, false, false, "10.0.0." + i, "{}");
    }

    @Override
    public synchronized Optional<Set<CallSid>> activeCalls(PodSighting pod) {
        asked++;
        return calls.getOrDefault(pod.pod().value(), Optional.of(Set.of()));
    }

    @Override
    public boolean everOpened() {
        return true;
    }

    @Override
    public void rememberOpened(String gen) {}
}
