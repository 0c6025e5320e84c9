package dev.smartrouter.simulator.verdict;

import static dev.smartrouter.simulator.verdict.Promise.POD_THAT_WAS_GONE;
import static dev.smartrouter.simulator.verdict.Promise.TWO_PODS_FOR_ONE_CALL;

import dev.smartrouter.simulator.verdict.CallStory.Grant;
import java.util.List;
import java.util.Optional;

/** Whether the pods that one call was sent to were one, and one to send anybody to. */
record Grants(History history, Expectations expected) {
    /** The first pair of answers that no end of a pod and no end of the call explains. */
    Optional<Broken> twoPods(CallStory call) {
        var grants = call.grants();
        for (int later = 1; later < grants.size(); later++) {
            for (var earlier : grants.subList(0, later)) {
                if (contradict(call, earlier, grants.get(later))) {
                    return Optional.of(twoPods(call, earlier, grants.get(later)));
                }
            }
        }
        return Optional.empty();
    }

    /** Answers may overtake each other: which pod was given first, nobody can say, so an end of either explains it. */
    private boolean contradict(CallStory call, Grant earlier, Grant later) {
        var from = Math.min(earlier.asked(), later.asked()) - expected.notice().toNanos();
        return !earlier.pod().equals(later.pod())
                && call.givenUp() > later.answered()
                && !history.lives().endedWithin(earlier.pod(), from, later.answered())
                && !history.lives().endedWithin(later.pod(), from, later.answered());
    }

    private Broken twoPods(CallStory call, Grant earlier, Grant later) {
        return new Broken(
                TWO_PODS_FOR_ONE_CALL,
                history.seconds(later.answered()),
                "%s was sent to %s at %.3f s and to %s at %.3f s"
                        .formatted(
                                call.sid(),
                                earlier.pod(),
                                history.seconds(earlier.answered()),
                                later.pod(),
                                history.seconds(later.answered())),
                List.of(earlier.pod(), later.pod()),
                List.of(call.sid()));
    }

    /** An answer repeated names the pod of the first, drained or not: only what was so when the call was new counts. */
    Optional<Broken> podThatWasGone(CallStory call) {
        return call.grants().stream().findFirst().flatMap(grant -> {
            var asked = Math.min(call.firstAsked(), grant.asked());
            var down = history.lives().downSince(grant.pod(), grant.answered());
            if (down == CallStory.NEVER || asked - down <= expected.notice().toNanos()) return Optional.empty();
            return Optional.of(new Broken(
                    POD_THAT_WAS_GONE,
                    history.seconds(grant.answered()),
                    "%s was sent to %s, which had been terminating or gone for %.1f s when the webhook was sent"
                            .formatted(call.sid(), grant.pod(), (asked - down) / 1e9),
                    List.of(grant.pod()),
                    List.of(call.sid())));
        });
    }
}
