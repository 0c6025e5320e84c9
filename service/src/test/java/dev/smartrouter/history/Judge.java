package dev.smartrouter.history;

import java.util.List;
import java.util.Optional;

/** Holds a history against all laws, those that say more about a fault first. */
public final class Judge {
    /** Fits a screen; what came before is told as the state it left. */
    private static final int SHOWN = 20;

    private final Pods pods;

    /** @param pods all there are, each idle and not draining when the history begins */
    public Judge(Pods pods) {
        this.pods = pods;
    }

    /** The first law that the history breaks; empty if none. */
    public Optional<Finding> judge(History history) {
        return onePodACall(history).or(() -> oneCallAPod(history)).or(() -> linearizable(history));
    }

    /** The first call that does not have one pod until it is released, whatever the pods are. */
    public static Optional<Finding> onePodACall(History history) {
        return history.calls().stream()
                .map(history::of)
                .map(one -> search(Law.ONE_POD_A_CALL, one, new OneCall()))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<Finding> linearizable(History history) {
        return search(Law.LINEARIZABLE, history, new AllPods(pods));
    }

    /** The first exclusive pod that surely has two calls. */
    public Optional<Finding> oneCallAPod(History history) {
        return CertainHolds.clash(history, pods).map(clash -> {
            var both = history.until(clash.later().from()).operations().stream()
                    .filter(operation -> operation
                                    .call()
                                    .equals(Optional.of(clash.earlier().call()))
                            || operation.call().equals(Optional.of(clash.later().call())))
                    .toList();
            var culprits = List.of(clash.earlier().allocate(), clash.later().allocate());
            var story = "%s has %s and %s%n"
                    .formatted(
                            clash.earlier().pod(),
                            clash.earlier().call(),
                            clash.later().call());
            return new Finding(Law.ONE_CALL_A_POD, story + Timeline.of(last(both), culprits));
        });
    }

    private static <S> Optional<Finding> search(Law law, History history, Model<S> model) {
        if (Search.check(history, model).isEmpty()) return Optional.empty();
        var shortest = shortest(history, model);
        var impasse = Search.check(shortest, model).orElseThrow();
        var story = "%d of %d operations have an order; it leaves %s; none of those marked can be next%n"
                .formatted(impasse.ordered().size(), shortest.operations().size(), impasse.state());
        return Optional.of(new Finding(law, story + Timeline.of(last(shortest.operations()), impasse.next())));
    }

    /**
     * The shortest beginning that is refused. What is linearizable is so at every moment, with the answers still to come
     * unknown: so a beginning that is not convicts the whole, and every longer one is refused as well.
     */
    private static <S> History shortest(History history, Model<S> model) {
        var answers = history.answers();
        var fine = -1;
        var refused = answers.size() - 1;
        while (refused - fine > 1) {
            var middle = (fine + refused) / 2;
            if (Search.check(history.until(answers.get(middle)), model).isEmpty()) fine = middle;
            else refused = middle;
        }
        return history.until(answers.get(refused));
    }

    private static List<Operation> last(List<Operation> operations) {
        return operations.subList(Math.max(0, operations.size() - SHOWN), operations.size());
    }
}
