package dev.smartrouter.simulator.verdict;

import static java.util.stream.Collectors.toMap;

import dev.smartrouter.simulator.verdict.Verdict.Moment;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What is known at one moment. Times are nanoseconds on the ledger's ticker.
 *
 * @param begin when the story began
 * @param now when this was written down
 * @param complete whether nothing will be added, so that what has not happened will not
 * @param stopped from when on calls were cut because the whole run was; {@link CallStory#NEVER} if it was not
 */
record History(
        long begin,
        long now,
        boolean complete,
        long stopped,
        List<CallStory> calls,
        Lives lives,
        Capacities capacities,
        List<Event> events) {

    private static final int MOST_TIMELINES = 100;
    private static final int MOST_MOMENTS = 60;

    /** A line for the time axis. */
    record Event(long at, String label) {}

    /** Seconds from the beginning. */
    double seconds(long at) {
        return Math.round((at - begin) / 1e6) / 1e3;
    }

    /** What happened to the calls and pods that these concern. */
    Map<String, List<Moment>> timelines(List<Broken> broken) {
        var byCall = calls.stream().collect(toMap(CallStory::sid, CallStory::facts));
        var timelines = new TreeMap<String, List<Moment>>();
        broken.stream()
                .flatMap(one -> one.calls().stream())
                .distinct()
                .limit(MOST_TIMELINES)
                .forEach(sid -> {
                    var facts = byCall.getOrDefault(sid, List.of());
                    timelines.put(
                            sid, moments(facts.stream().map(fact -> new Moment(seconds(fact.at()), fact.words()))));
                });
        broken.stream()
                .flatMap(one -> one.pods().stream())
                .distinct()
                .limit(MOST_TIMELINES)
                .forEach(pod -> {
                    var facts = lives.of(pod).stream();
                    timelines.put(pod, moments(facts.map(fact -> new Moment(seconds(fact.at()), fact.words()))));
                });
        return timelines;
    }

    private static List<Moment> moments(Stream<Moment> moments) {
        return moments.limit(MOST_MOMENTS).toList();
    }

    /** Whether whatever was about to be said of an instant has been said. */
    boolean isSettled(long at) {
        return complete || now - at > Expectations.CLOSE.toNanos();
    }
}
