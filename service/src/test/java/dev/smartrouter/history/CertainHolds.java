package dev.smartrouter.history;

import dev.smartrouter.history.Deed.Release;
import dev.smartrouter.history.Outcome.New;
import dev.smartrouter.history.Outcome.NotFound;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The times in which an exclusive pod surely was one call's: from the moment the call was told of it until somebody
 * asked for a release that may have ended it. Two calls' times on one pod never overlap. It needs no search and no
 * model, misses what happens at the edges, and so has nothing to be wrong about.
 */
final class CertainHolds {
    private CertainHolds() {}

    /** @param until when the first release that may have ended it was asked for */
    record Certain(Operation allocate, String pod, String call, long from, long until) {}

    /** Two calls on one pod, for sure. */
    record Clash(Certain earlier, Certain later) {}

    static Optional<Clash> clash(History history, Pods pods) {
        var releases = history.operations().stream()
                .filter(operation -> operation.deed() instanceof Release)
                .collect(Collectors.groupingBy(Operation::call));
        var byPod = new HashMap<String, List<Certain>>();
        for (var operation : history.operations()) {
            certain(operation, releases.getOrDefault(operation.call(), List.of()))
                    .filter(hold -> pods.isExclusive(hold.pod) && hold.from < hold.until)
                    .ifPresent(hold -> byPod.computeIfAbsent(hold.pod, pod -> new ArrayList<>())
                            .add(hold));
        }
        return byPod.values().stream()
                .map(CertainHolds::firstClash)
                .flatMap(Optional::stream)
                .min(Comparator.comparingLong(clash -> clash.later.from));
    }

    private static Optional<Certain> certain(Operation operation, List<Operation> releases) {
        if (!(operation.outcome() instanceof New(var pod, var pool, var url))) return Optional.empty();
        var call = operation.call().orElseThrow();
        var until = releases.stream()
                .filter(release -> !(release.outcome() instanceof NotFound) && release.returned() > operation.called())
                .mapToLong(Operation::called)
                .min()
                .orElse(Operation.NEVER);
        return Optional.of(new Certain(operation, pod, call, operation.returned(), until));
    }

    private static Optional<Clash> firstClash(List<Certain> holds) {
        holds.sort(Comparator.comparingLong(Certain::from));
        for (int i = 1; i < holds.size(); i++) {
            for (var earlier : holds.subList(0, i)) {
                if (earlier.until > holds.get(i).from) return Optional.of(new Clash(earlier, holds.get(i)));
            }
        }
        return Optional.empty();
    }
}
