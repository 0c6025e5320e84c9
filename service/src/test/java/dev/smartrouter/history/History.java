package dev.smartrouter.history;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Operations of several clients, by the time they were asked for. */
public record History(List<Operation> operations) {
    public History {
        operations = operations.stream()
                .sorted(Comparator.comparingLong(Operation::called))
                .toList();
    }

    public static History of(Operation... operations) {
        return new History(List.of(operations));
    }

    public Set<String> calls() {
        var calls = new TreeSet<String>();
        operations.forEach(operation -> operation.call().ifPresent(calls::add));
        return calls;
    }

    /** What happened to one call. */
    History of(String call) {
        return new History(operations.stream()
                .filter(operation -> operation.call().equals(Optional.of(call)))
                .toList());
    }

    /** What had been seen at this moment: later answers are not known yet. */
    History until(long moment) {
        return new History(operations.stream()
                .filter(operation -> operation.called() <= moment)
                .map(operation -> operation.returned() <= moment ? operation : operation.unheard())
                .toList());
    }

    /** The moments of the answers, in order. */
    List<Long> answers() {
        return operations.stream()
                .filter(Operation::isKnown)
                .map(Operation::returned)
                .sorted()
                .toList();
    }
}
