package dev.smartrouter.simulator.verdict;

import java.util.Arrays;
import java.util.List;

/** How many calls at a time had a pod and were not over. */
final class Concurrency {
    private final long[] begins;
    private final long[] ends;

    Concurrency(List<CallStory> calls) {
        var given = calls.stream().filter(call -> !call.grants().isEmpty()).toList();
        begins = given.stream()
                .mapToLong(call -> call.grants().getFirst().answered())
                .sorted()
                .toArray();
        // An answer may come when its call is over.
        ends = given.stream()
                .mapToLong(call -> Math.max(
                        call.over().map(Fact.Over::at).orElse(CallStory.NEVER),
                        call.grants().getFirst().answered()))
                .sorted()
                .toArray();
    }

    int at(long instant) {
        return upTo(begins, instant) - upTo(ends, instant);
    }

    int peak() {
        return Arrays.stream(begins).mapToInt(this::at).max().orElse(0);
    }

    /** How many are not later. */
    private static int upTo(long[] sorted, long instant) {
        int low = 0, high = sorted.length;
        while (low < high) {
            var middle = (low + high) >>> 1;
            if (sorted[middle] <= instant) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}
