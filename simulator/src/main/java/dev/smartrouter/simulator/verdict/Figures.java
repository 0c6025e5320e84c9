package dev.smartrouter.simulator.verdict;

import dev.smartrouter.simulator.agent.ReleasePath;
import dev.smartrouter.simulator.provider.CallPlan.Fate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What a run came to. In {@code report.json} the names are the same in snake case ({@code early_hang_ups}), and stay.
 *
 * @param placed calls that providers placed
 * @param answered calls that were given a pod
 * @param refused calls that heard an apology and were given none
 * @param withoutAnswer calls that broke that promise
 * @param unanswered calls that nobody picked up, or whose line was busy: no webhook
 * @param earlyHangUps calls that were hung up while the webhook was on its way
 * @param apologies answers that apologise; several may be one call's
 * @param duplicates webhooks beyond a call's first
 * @param doubleAllocations times that a pod held more calls than it may
 * @param splitCalls calls with two pods
 * @param lostPods pods, or calls in the store, that nobody gave back
 * @param timeToAnswer from a call's first webhook to its first usable answer, retries included
 * @param timeToConnect from the answer to an open socket
 * @param worstGap each call's longest silence between two frames heard
 * @param peakCalls the most calls at a time that had a pod and were not over
 * @param releases that agents sent, by path ({@code socket_closed} and so on)
 */
public record Figures(
        long placed,
        long answered,
        long refused,
        long withoutAnswer,
        long unanswered,
        long earlyHangUps,
        long apologies,
        long duplicates,
        long doubleAllocations,
        long splitCalls,
        long lostPods,
        Spread timeToAnswer,
        Spread timeToConnect,
        Spread worstGap,
        long peakCalls,
        Map<String, Long> releases) {

    static Figures of(History history, List<Broken> broken) {
        var calls = history.calls();
        return new Figures(
                count(calls, call -> call.plan().isPresent()),
                count(calls, call -> !call.grants().isEmpty()),
                count(calls, Callers::isRefused),
                count(broken, Promise.WITHOUT_AN_ANSWER),
                count(calls, call -> call.isMeantTo(Fate.UNANSWERED) || call.isMeantTo(Fate.BUSY)),
                count(calls, call -> call.isMeantTo(Fate.HANGS_UP_EARLY)),
                calls.stream().mapToLong(CallStory::apologies).sum(),
                calls.stream()
                        .mapToLong(call -> Math.max(0, call.webhooks() - 1))
                        .sum(),
                count(broken, Promise.TWO_CALLS_ON_ONE_POD),
                count(broken, Promise.TWO_PODS_FOR_ONE_CALL),
                count(broken, Promise.A_POD_LOST),
                Spread.ofNanos(calls.stream().flatMapToLong(call -> call.waited().stream())),
                Spread.ofNanos(calls.stream()
                        .flatMap(call -> call.connected().stream())
                        .mapToLong(fact -> fact.took().toNanos())),
                Spread.ofNanos(calls.stream()
                        .flatMap(call -> call.over().stream())
                        .filter(over -> over.how().heard() > 1)
                        .mapToLong(over -> over.how().worstGap().toNanos())),
                new Concurrency(calls).peak(),
                releases(calls));
    }

    private static long count(List<CallStory> calls, Predicate<CallStory> which) {
        return calls.stream().filter(which).count();
    }

    private static long count(List<Broken> broken, Promise promise) {
        return broken.stream().filter(one -> one.promise() == promise).count();
    }

    private static Map<String, Long> releases(List<CallStory> calls) {
        var releases = new TreeMap<String, Long>();
        for (var path : ReleasePath.values()) releases.put(name(path), 0L);
        calls.stream()
                .flatMap(call -> call.all(Fact.Releasing.class))
                .forEach(fact -> releases.merge(name(fact.path()), 1L, Long::sum));
        return releases;
    }

    private static String name(ReleasePath path) {
        return path.name().toLowerCase(Locale.ROOT);
    }
}
