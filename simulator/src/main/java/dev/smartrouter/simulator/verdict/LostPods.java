package dev.smartrouter.simulator.verdict;

import static dev.smartrouter.simulator.verdict.Promise.A_POD_LOST;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;

/** What the store holds once nobody calls any more, held against the pods that are well. */
final class LostPods {
    private LostPods() {}

    /**
     * The store's contents, as far as they concern pods.
     *
     * @param pods every one that was asked about
     * @param calls that are still in the store
     */
    record Inventory(SortedMap<String, Holding> pods, SortedSet<String> calls) {}

    /**
     * What the store holds about one pod.
     *
     * @param pools in whose index of available pods it is
     * @param calls that it carries
     * @param facts fields of its hash; empty if there is none
     */
    record Holding(Collection<String> pools, Collection<String> calls, Map<String, String> facts, boolean draining) {
        String words() {
            return "available in %s, calls %s, %s%s"
                    .formatted(
                            pools.isEmpty() ? "no pool" : pools,
                            calls,
                            facts.isEmpty() ? "not registered" : facts,
                            draining ? ", draining" : "");
        }

        boolean isFree() {
            return pools.size() == 1 && calls.isEmpty();
        }
    }

    static List<Broken> find(History history, SortedSet<String> serving, Inventory store) {
        var at = history.seconds(history.now());
        var broken = new ArrayList<Broken>();
        for (var pod : serving) {
            var holding = store.pods().get(pod);
            if (holding != null && holding.isFree()) continue;
            broken.add(new Broken(
                    A_POD_LOST,
                    at,
                    "%s is well, and the store has it %s".formatted(pod, holding == null ? "not" : holding.words()),
                    List.of(pod),
                    holding == null ? List.of() : List.copyOf(holding.calls())));
        }
        if (!store.calls().isEmpty()) {
            var some = store.calls().stream().limit(10).toList();
            broken.add(new Broken(
                    A_POD_LOST,
                    at,
                    "the store still has calls that are over: %d, such as %s"
                            .formatted(store.calls().size(), some),
                    List.of(),
                    some));
        }
        return broken;
    }
}
