package dev.smartrouter.tier;

import static dev.smartrouter.tier.Mode.SHARED;
import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingInt;
import static java.util.Objects.requireNonNull;

import dev.smartrouter.PodName;
import dev.smartrouter.PoolName;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Decides which pool a pod belongs to. Pods fill the merchant pools first, then the shared tiers outside the default
 * chain, then the chain, each to its target; the rest is spare. Knows no clock and moves nothing itself: the same
 * question has the same answer.
 */
public final class TierAssigner {
    /** Every pool, in the order in which they are filled. */
    private final SequencedMap<PoolName, Tier> pools = new LinkedHashMap<>();

    /** Where the pods go that no target asks for. */
    private final PoolName spill;

    public TierAssigner(TierConfig config) {
        var chain = config.chain().stream().map(Step::pool).toList();
        config.pools().entrySet().stream()
                .sorted(comparingInt(entry -> rank(entry.getKey(), chain)))
                .forEach(entry -> pools.put(entry.getKey(), entry.getValue()));
        var overflow = PoolName.ofTier(TierConfig.OVERFLOW);
        spill = chain.contains(overflow) ? overflow : chain.getLast();
    }

    private static int rank(PoolName pool, List<PoolName> chain) {
        return pool.isMerchant() ? -2 : chain.indexOf(pool); // -1: shared, outside the chain
    }

    /** The pool of one pod, given the pools of all that have one; a pod keeps a pool that still exists. */
    public PoolName poolFor(PodName pod, Map<PodName, PoolName> assigned) {
        return assign(List.of(pod), assigned).firstEntry().getValue();
    }

    /** The pool of each of many pods, as if asked one by one in their order, each answer known to the next. */
    public SequencedMap<PodName, PoolName> assign(Collection<PodName> pods, Map<PodName, PoolName> assigned) {
        var census = new Census(pools, assigned.values().stream());
        var answer = new LinkedHashMap<PodName, PoolName>();
        for (var pod : pods) {
            var kept = answer.getOrDefault(pod, assigned.get(pod));
            if (kept == null || !pools.containsKey(kept)) {
                kept = next(census, any -> true);
                census.join(kept);
            }
            answer.put(pod, kept);
        }
        return answer;
    }

    /**
     * The moves that make pools agree with the config: pods whose pool is gone, and idle pods from pools over target to
     * pools under it. Once made, they leave nothing to do but what calls or waiting held up. The order of the pods does
     * not matter.
     *
     * @param pods every pod that has a pool, each once
     * @param waiting pools a pod of which has just gone and is probably restarting: they neither give nor take, except
     *     that a pod with no other place to go still goes where spare pods go
     */
    public List<Move> rebalance(Collection<AssignedPod> pods, Set<PoolName> waiting) {
        var sorted = pods.stream()
                .sorted(comparing(assigned -> assigned.pod().value()))
                .toList();
        var census = new Census(pools, sorted.stream().map(AssignedPod::pool));
        var moves = new ArrayList<Move>();
        sorted.stream()
                .filter(pod -> !pools.containsKey(pod.pool()))
                .sorted(comparing(pod -> !pod.isCrowded())) // the choosiest first, else it finds its place taken
                .forEach(pod -> rehome(pod, census, waiting, moves));
        var spare = spare(sorted, census, waiting);
        for (var pool : pools.keySet()) {
            var wanting = waiting.contains(pool) ? 0 : -census.surplus(pool);
            for (; wanting > 0 && !spare.isEmpty(); wanting--) {
                var pod = spare.remove();
                moves.add(new Move(pod.pod(), pod.pool(), pool, false));
            }
        }
        return List.copyOf(moves);
    }

    /** A pod with several calls suits a shared pool only; where none will have it, it waits until calls have ended. */
    private void rehome(AssignedPod pod, Census census, Set<PoolName> waiting, List<Move> moves) {
        Predicate<PoolName> carries =
                pool -> !pod.isCrowded() || requireNonNull(pools.get(pool)).mode() == SHARED;
        var to = next(census, carries.and(pool -> !waiting.contains(pool)));
        if (carries.test(to)) {
            census.join(to);
            moves.add(new Move(pod.pod(), pod.pool(), to, true));
        }
    }

    /** Idle pods beyond their pool's target: first those nobody asked for, then from the last pool filled backwards. */
    private Deque<AssignedPod> spare(List<AssignedPod> pods, Census census, Set<PoolName> waiting) {
        var spare = new ArrayDeque<AssignedPod>();
        Stream.concat(Stream.of(spill), pools.sequencedKeySet().reversed().stream())
                .distinct()
                .filter(pool -> !waiting.contains(pool) && census.surplus(pool) > 0)
                .forEach(pool -> pods.stream()
                        .filter(pod -> pod.pool().equals(pool) && pod.isSpare())
                        .limit(census.surplus(pool))
                        .forEach(spare::add));
        return spare;
    }

    private PoolName next(Census census, Predicate<PoolName> suits) {
        return pools.keySet().stream()
                .filter(pool -> census.surplus(pool) < 0 && suits.test(pool))
                .findFirst()
                .orElse(spill);
    }
}
