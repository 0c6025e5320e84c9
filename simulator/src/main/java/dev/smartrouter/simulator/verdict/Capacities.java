package dev.smartrouter.simulator.verdict;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How many calls at a time each pod was seen to be allowed, and when. Not thread-safe. */
final class Capacities {
    /** What is said of a pod that was never seen: nobody may call it too full. */
    static final int UNKNOWN = Integer.MAX_VALUE;

    private final Map<String, List<Span>> spans = new HashMap<>();

    /** The same capacity, seen from one look to another; nanoseconds on the ledger's ticker. */
    private record Span(long from, long to, int capacity) {}

    Capacities() {}

    Capacities(Capacities other) {
        other.spans.forEach((pod, known) -> spans.put(pod, List.copyOf(known)));
    }

    /** Looks come in the order of time. */
    void seen(String pod, int capacity, long at) {
        var known = spans.computeIfAbsent(pod, unused -> new ArrayList<>());
        if (!known.isEmpty() && known.getLast().capacity() == capacity) {
            known.set(known.size() - 1, new Span(known.getLast().from(), at, capacity));
        } else {
            known.add(new Span(at, at, capacity));
        }
    }

    /** The greatest within a window; where nobody looked at its edges, also what was seen last before and next after. */
    int greatest(String pod, long from, long to) {
        var greatest = 0;
        var before = 0;
        for (var span : spans.getOrDefault(pod, List.of())) {
            if (span.to() < from) {
                before = span.capacity();
                continue;
            }
            if (span.from() > from) greatest = Math.max(greatest, before);
            greatest = Math.max(greatest, span.capacity());
            before = 0;
            if (span.to() >= to) return greatest;
        }
        greatest = Math.max(greatest, before);
        return greatest == 0 ? UNKNOWN : greatest;
    }
}
