package dev.smartrouter.simulator.verdict;

import static dev.smartrouter.simulator.verdict.Promise.TWO_CALLS_ON_ONE_POD;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import dev.smartrouter.simulator.verdict.CallStory.Grant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * When a call surely holds a pod: from the moment its provider has the answer until somebody is about to say that the
 * call is over, or a life of the pod ends. The true hold is longer at both ends, so holds that overlap here do so in
 * truth.
 */
record Holds(History history, Expectations expected) {
    private record Hold(String sid, String pod, long asked, long from, long to) {
        boolean isOnAt(long instant) {
            return from <= instant && instant < to;
        }
    }

    List<Broken> broken() {
        var broken = new ArrayList<Broken>();
        history.calls().stream()
                .flatMap(this::of)
                .collect(groupingBy(Hold::pod))
                .forEach((pod, holds) -> broken.addAll(tooMany(pod, holds)));
        return broken;
    }

    private Stream<Hold> of(CallStory call) {
        var givenUp = call.givenUp();
        var first = new ArrayList<Grant>();
        for (var grant : call.grants()) {
            if (first.stream().noneMatch(earlier -> earlier.pod().equals(grant.pod()))) first.add(grant);
        }
        return first.stream()
                .map(grant -> new Hold(
                        call.sid(),
                        grant.pod(),
                        grant.asked(),
                        grant.answered(),
                        // A life that ended just before the webhook may not have been known to have ended.
                        Math.min(givenUp, history.lives().firstEnd(grant.pod(), grant.asked() - notice()))))
                .filter(hold -> hold.from() < hold.to());
    }

    private List<Broken> tooMany(String pod, List<Hold> holds) {
        var broken = new ArrayList<Broken>();
        var on = new ArrayList<Hold>();
        for (var hold :
                holds.stream().sorted(Comparator.comparingLong(Hold::from)).toList()) {
            on.removeIf(earlier -> !earlier.isOnAt(hold.from()));
            on.add(hold);
            if (on.size() == 1 || !history.isSettled(hold.from())) continue;
            // A router may still act on an older tier config.
            var capacity = history.capacities()
                    .greatest(
                            pod,
                            hold.asked() - expected.settings().toNanos(),
                            hold.from() + Expectations.CLOSE.toNanos());
            if (on.size() > capacity) broken.add(evidence(pod, on, capacity, hold.from()));
        }
        return broken;
    }

    private Broken evidence(String pod, List<Hold> on, int capacity, long at) {
        var sids = on.stream().map(Hold::sid).toList();
        var words = "%s may carry %d and held %d at once: %s"
                .formatted(
                        pod,
                        capacity,
                        on.size(),
                        on.stream()
                                .map(hold -> "%s since %.3f s".formatted(hold.sid(), history.seconds(hold.from())))
                                .collect(joining(", ")));
        return new Broken(TWO_CALLS_ON_ONE_POD, history.seconds(at), words, List.of(pod), sids);
    }

    private long notice() {
        return expected.notice().toNanos();
    }
}
