package dev.smartrouter.history;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Looks for an order of a history's operations in which each takes effect at one moment between being asked for and
 * being answered, and the model allows every answer: the search of Wing and Gong, with Lowe's memory of what has been
 * tried (the set of operations already ordered, and the state they leave).
 */
final class Search<S> {
    /** Beyond it the history is called undecided; those we record need some thousands. */
    private static final int MOST_CONFIGURATIONS = 3_000_000;

    private final List<Operation> operations;
    private final Model<S> model;
    private final Set<Configuration<S>> tried = new HashSet<>();
    private Configuration<S> farthest;

    private record Configuration<S>(BitSet ordered, S state) {}

    /**
     * How far any order gets.
     *
     * @param ordered the longest beginning of an order that the model allows
     * @param state what it leaves
     * @param next what would have to come next, and cannot
     */
    record Impasse(List<Operation> ordered, Object state, List<Operation> next) {}

    private Search(History history, Model<S> model) {
        this.operations = history.operations();
        this.model = model;
        this.farthest = new Configuration<>(new BitSet(), model.start());
    }

    /**
     * Empty if the history is linearizable.
     *
     * @throws IllegalStateException if that is more than can be decided
     */
    static <S> Optional<Impasse> check(History history, Model<S> model) {
        var search = new Search<>(history, model);
        if (search.completes(new BitSet(), model.start())) return Optional.empty();
        return Optional.of(search.impasse());
    }

    private boolean completes(BitSet ordered, S state) {
        var next = next(ordered);
        if (next.stream().noneMatch(i -> operations.get(i).isKnown())) return true;
        for (int i : next) {
            for (var after : model.after(state, operations.get(i))) {
                var further = (BitSet) ordered.clone();
                further.set(i);
                var configuration = new Configuration<>(further, after);
                if (!tried.add(configuration)) continue;
                if (tried.size() > MOST_CONFIGURATIONS) throw new IllegalStateException("undecided: too many orders");
                if (further.cardinality() > farthest.ordered.cardinality()) farthest = configuration;
                if (completes(further, after)) return true;
            }
        }
        return false;
    }

    /** Those that may come next: asked for before any other that is not ordered yet was answered. Soonest answered first. */
    private List<Integer> next(BitSet ordered) {
        var next = new ArrayList<Integer>();
        var answered = Operation.NEVER;
        for (int i = ordered.nextClearBit(0); i < operations.size(); i = ordered.nextClearBit(i + 1)) {
            if (operations.get(i).called() > answered) break;
            answered = Math.min(answered, operations.get(i).returned());
            next.add(i);
        }
        next.sort(Comparator.comparingLong(i -> operations.get(i).returned()));
        return next;
    }

    private Impasse impasse() {
        return new Impasse(
                farthest.ordered.stream().mapToObj(operations::get).toList(),
                farthest.state,
                next(farthest.ordered).stream()
                        .map(operations::get)
                        .filter(Operation::isKnown)
                        .toList());
    }
}
