package dev.smartrouter.simulator.verdict;

import static dev.smartrouter.simulator.verdict.PodFact.Kind.AWAKE;
import static dev.smartrouter.simulator.verdict.PodFact.Kind.HUNG;
import static java.util.stream.Collectors.groupingBy;

import dev.smartrouter.simulator.verdict.PodFact.Kind;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** What became of every pod. A life is one run of its container: it ends by a crash, or when the pod is gone. */
final class Lives {
    private static final Set<Kind> ENDS = Set.of(Kind.CRASHED, Kind.GONE);

    private final Map<String, List<PodFact>> facts;

    Lives(List<PodFact> facts) {
        this.facts =
                facts.stream().sorted(Comparator.comparingLong(PodFact::at)).collect(groupingBy(PodFact::pod));
    }

    /** When a life of the pod first ended at or after an instant; {@link CallStory#NEVER} if none did. */
    long firstEnd(String pod, long from) {
        for (var fact : of(pod)) {
            if (fact.at() >= from && ENDS.contains(fact.kind())) return fact.at();
        }
        return CallStory.NEVER;
    }

    boolean endedWithin(String pod, long from, long to) {
        return firstEnd(pod, from) <= to;
    }

    /** Since when the pod has been terminating or gone, at an instant; {@link CallStory#NEVER} if it was neither. */
    long downSince(String pod, long at) {
        var since = CallStory.NEVER;
        var uid = "";
        for (var fact : of(pod)) {
            if (fact.at() > at) break;
            if (fact.kind() == Kind.BORN) {
                since = CallStory.NEVER;
                uid = fact.uid();
            }
            var down = fact.kind() == Kind.TERMINATING || fact.kind() == Kind.GONE;
            if (down && (uid.isEmpty() || fact.uid().equals(uid))) since = Math.min(since, fact.at());
        }
        return since;
    }

    boolean hungWithin(String pod, long from, long to) {
        var since = CallStory.NEVER;
        for (var fact : of(pod)) {
            if (fact.kind() == HUNG) since = Math.min(since, fact.at());
            if (fact.kind() != AWAKE) continue;
            if (since <= to && fact.at() >= from) return true;
            since = CallStory.NEVER;
        }
        return since <= to;
    }

    /** The pods that ought to be free now: ready, not terminating, and not drained by anybody since they started. */
    SortedSet<String> serving() {
        var serving = new TreeSet<String>();
        facts.forEach((pod, known) -> {
            if (isServing(known)) serving.add(pod);
        });
        return serving;
    }

    private static boolean isServing(List<PodFact> known) {
        boolean ready = false, down = false, drained = false;
        var uid = "";
        for (var fact : known) {
            if (!fact.uid().isEmpty() && !fact.uid().equals(uid) && fact.kind() != Kind.BORN && !uid.isEmpty())
                continue;
            switch (fact.kind()) {
                case BORN -> {
                    uid = fact.uid();
                    ready = down = drained = false;
                }
                case READY -> ready = true;
                case NOT_READY -> ready = false;
                case CRASHED -> ready = drained = false;
                case TERMINATING, GONE -> down = true;
                case DRAINED -> drained = true;
                case UNDRAINED -> drained = false;
                case HUNG, AWAKE -> {}
            }
        }
        return ready && !down && !drained;
    }

    /** In the order of time. */
    List<PodFact> of(String pod) {
        return facts.getOrDefault(pod, List.of());
    }
}
