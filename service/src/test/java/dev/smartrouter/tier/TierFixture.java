package dev.smartrouter.tier;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import dev.smartrouter.PodName;
import dev.smartrouter.PoolName;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Pods and the pools they are in: a cluster as the assigner sees it. */
final class TierFixture {
    private final SequencedMap<PodName, AssignedPod> pods = new LinkedHashMap<>();

    static List<PodName> agents(int count) {
        return IntStream.range(0, count).mapToObj(i -> pod("voice-agent-" + i)).toList();
    }

    static PodName pod(String name) {
        return new PodName(name);
    }

    static PoolName pool(String name) {
        return new PoolName(name);
    }

    TierFixture idle(String pool, String... names) {
        return with(pool, 0, true, names);
    }

    TierFixture busy(String pool, int calls, String... names) {
        return with(pool, calls, true, names);
    }

    TierFixture notServing(String pool, String... names) {
        return with(pool, 0, false, names);
    }

    private TierFixture with(String pool, int calls, boolean serving, String... names) {
        for (var name : names) {
            add(new AssignedPod(pod(name), pool(pool), calls, serving));
        }
        return this;
    }

    void add(AssignedPod pod) {
        pods.put(pod.pod(), pod);
    }

    /** Makes the moves, as the store would. */
    void make(List<Move> moves) {
        moves.forEach(move -> pods.computeIfPresent(
                move.pod(), (name, was) -> new AssignedPod(name, move.to(), was.calls(), was.serving())));
    }

    Collection<AssignedPod> pods() {
        return pods.values();
    }

    Map<PodName, PoolName> assigned() {
        var assigned = new LinkedHashMap<PodName, PoolName>();
        pods.values().forEach(pod -> assigned.put(pod.pod(), pod.pool()));
        return assigned;
    }

    static Map<String, Long> count(Collection<PoolName> pools) {
        return pools.stream().collect(groupingBy(PoolName::value, TreeMap::new, counting()));
    }
}
