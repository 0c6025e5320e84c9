package dev.smartrouter.dashboard;

import dev.smartrouter.PodName;
import dev.smartrouter.dashboard.Overview.CallRow;
import dev.smartrouter.dashboard.Overview.EndedRow;
import dev.smartrouter.dashboard.Overview.Head;
import dev.smartrouter.dashboard.Overview.PodRow;
import dev.smartrouter.dashboard.Overview.PoolRow;
import dev.smartrouter.pool.Allocation;
import dev.smartrouter.pool.MirroredCall;
import dev.smartrouter.pool.StoreUnavailableException;
import dev.smartrouter.pool.Upkeep.Seen;
import dev.smartrouter.tier.Mode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Looks at everything once and says what it saw. For one thread. */
final class Lookout {
    static final int MOST_CALLS = 500;

    private final Sources sources;
    private final Stories stories;
    private final InstantSource clock;
    private Map<String, PodRow> pods = Map.of();
    private @Nullable Instant podsAt;

    Lookout(Sources sources, Stories stories, InstantSource clock) {
        this.sources = sources;
        this.stories = stories;
        this.clock = clock;
    }

    /** Asks the store for the pods; if that does not answer, those that were last seen stand for them. */
    Overview look() {
        var answers = sources.answers().getAsBoolean();
        try {
            if (answers) sources.panorama().turn().ifPresent(this::see);
        } catch (StoreUnavailableException e) {
            answers = false;
        }
        var live = sources.calls().get();
        return new Overview(head(answers, live.size()), pods, rows(live));
    }

    /** Nobody looks any more: what was seen grows old. */
    void rest() {
        pods = Map.of();
        podsAt = null;
    }

    private void see(Collection<Seen> fleet) {
        var seen = new TreeMap<String, PodRow>();
        for (var pod : fleet) {
            var row = new PodRow(pod.pool().value(), Condition.of(pod), pod.calls());
            seen.put(pod.pod().value(), row);
            var before = pods.get(pod.pod().value());
            if (before != null) tell(pod.pod(), before, row);
        }
        pods = seen;
        podsAt = clock.instant();
    }

    private void tell(PodName pod, PodRow before, PodRow now) {
        if (!before.pool().equals(now.pool()))
            stories.saw(pod, "seen in " + now.pool() + " instead of " + before.pool());
        if (isInService(before.is()) != isInService(now.is()) || (!isInService(now.is()) && before.is() != now.is())) {
            stories.saw(pod, "seen " + now.is());
        }
    }

    /** Calls come and go, and have words of their own. */
    private static boolean isInService(Condition condition) {
        return condition == Condition.AVAILABLE || condition == Condition.IN_CALLS;
    }

    private Head head(boolean answers, int liveCalls) {
        var standing = sources.standing().get();
        var reconciled = standing.reconciled();
        return new Head(
                clock.millis(),
                sources.router(),
                sources.draining().toSeconds(),
                new Overview.Store(
                        answers, standing.gateOpen(), sources.warnings().get()),
                new Overview.Leader(
                        standing.leads(),
                        standing.leader().orElse(""),
                        standing.since().map(Instant::toEpochMilli).orElse(null),
                        reconciled.map(last -> last.at().toEpochMilli()).orElse(null),
                        reconciled.map(last -> last.error()).orElse("")),
                sources.loops().get(),
                pools(),
                podsAt == null ? null : podsAt.toEpochMilli(),
                liveCalls,
                stories.lately().stream().map(Lookout::row).toList(),
                new Overview.Kept(Stories.KEPT.toMinutes(), Stories.MOST_CALLS));
    }

    /** Those of the config in its order, then those that pods are still in. */
    private List<PoolRow> pools() {
        var rows = new LinkedHashMap<String, PoolRow>();
        sources.tiers()
                .get()
                .pools()
                .forEach((pool, tier) -> rows.put(
                        pool.value(), new PoolRow(pool.value(), tier.mode().text(), tier.capacity(), tier.target())));
        pods.values()
                .forEach(pod ->
                        rows.computeIfAbsent(pod.pool(), pool -> new PoolRow(pool, Mode.EXCLUSIVE.text(), 1, 0)));
        return new ArrayList<>(rows.values());
    }

    /** The oldest first. */
    private static Map<String, CallRow> rows(Collection<MirroredCall> live) {
        var rows = new LinkedHashMap<String, CallRow>();
        live.stream()
                .map(MirroredCall::allocation)
                .sorted(Comparator.comparing(Allocation::allocatedAt)
                        .thenComparing(hold -> hold.call().value()))
                .limit(MOST_CALLS)
                .forEach(hold -> rows.put(hold.call().value(), row(hold)));
        return rows;
    }

    private static CallRow row(Allocation hold) {
        return new CallRow(
                hold.pod().value(),
                hold.source().value(),
                hold.origin().provider(),
                hold.merchant(),
                hold.allocatedAt().toEpochMilli());
    }

    private static EndedRow row(Ended ended) {
        var hold = ended.hold();
        return new EndedRow(
                ended.call().value(),
                hold.map(had -> had.pod().value()).orElse(""),
                hold.map(had -> had.origin().provider()).orElse(""),
                ended.at().toEpochMilli(),
                hold.map(had -> Math.max(
                                0,
                                Duration.between(had.allocatedAt(), ended.at()).toMillis()))
                        .orElse(null),
                ended.how());
    }
}
