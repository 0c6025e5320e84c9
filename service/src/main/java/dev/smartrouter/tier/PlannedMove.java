package dev.smartrouter.tier;

import dev.smartrouter.PodName;
import dev.smartrouter.PoolName;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A move that a tier config would bring.
 *
 * @param atOnce whether it is made at the next comparison with the cluster; if not, its pod waits until its calls have
 *     ended and it serves
 */
public record PlannedMove(Move move, boolean atOnce) {
    /**
     * What the config would move if nothing else changed: first what it moves as the pods are now, then what only calls
     * and pods out of service hold up.
     *
     * @param pods every pod that has a pool, each once
     */
    public static List<PlannedMove> of(TierConfig config, Collection<AssignedPod> pods) {
        var assigner = new TierAssigner(config);
        var now = assigner.rebalance(pods, Set.of());
        var moved = new HashMap<PodName, PoolName>();
        now.forEach(move -> moved.put(move.pod(), move.to()));
        var idle = pods.stream().map(pod -> idle(pod, moved)).toList();
        return Stream.concat(
                        now.stream().map(move -> new PlannedMove(move, true)),
                        assigner.rebalance(idle, Set.of()).stream().map(move -> new PlannedMove(move, false)))
                .toList();
    }

    private static AssignedPod idle(AssignedPod pod, Map<PodName, PoolName> moved) {
        return new AssignedPod(pod.pod(), moved.getOrDefault(pod.pod(), pod.pool()), 0, true);
    }
}
