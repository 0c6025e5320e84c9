package dev.smartrouter.pool;

import dev.smartrouter.pod.Pod;
import dev.smartrouter.pod.PodState;
import dev.smartrouter.tier.AssignedPod;
import dev.smartrouter.tier.TierConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All pods and all calls, a page at a time, on the link that no call waits for. What changes meanwhile may be in no page
 * or in two. Throws {@link StoreUnavailableException} as {@link Pools} does.
 */
public final class Inventory {
    /** A page ends with the look at the store that makes it as long as this. */
    private static final int ENOUGH = 100;

    private static final int MOST_LOOKS = 50;
    private static final Pattern PODS_CURSOR = Pattern.compile("((?:pool|merchant):[A-Za-z0-9_-]{1,64})/(\\d{1,20})");
    private static final Pattern CALLS_CURSOR = Pattern.compile("\\d{1,20}");

    private final RedisStore store;
    private final PoolKeys keys;

    public Inventory(RedisStore store, Supplier<TierConfig> config) {
        this.store = store;
        this.keys = new PoolKeys(store, config);
    }

    /**
     * Some of all.
     *
     * @param next the cursor of the page after it; empty at the end
     */
    public record Page<T>(List<T> things, Optional<String> next) {}

    /**
     * Pods, pool by pool.
     *
     * @param cursor empty for the first page
     * @throws IllegalArgumentException if it is no cursor
     */
    public Page<Pod> pods(String cursor) {
        var at = PODS_CURSOR.matcher(cursor);
        if (!cursor.isEmpty() && !at.matches()) throw noCursor(cursor);
        var pools = new TreeSet<String>();
        keys.all().keySet().forEach(pool -> pools.add(pool.value()));
        @Nullable String pool = cursor.isEmpty() ? (pools.isEmpty() ? null : pools.first()) : at.group(1);
        var inPool = cursor.isEmpty() ? "0" : at.group(2);
        var pods = new ArrayList<Pod>();
        for (int i = 0; pool != null && pods.size() < ENOUGH && i < MOST_LOOKS; i++) {
            var page = store.runForLoop("members", List.of(pool, "assigned", inPool));
            pods.addAll(look(page.list(1).texts(0)));
            inPool = page.text(0);
            if (inPool.equals("0")) pool = pools.higher(pool);
        }
        return new Page<>(pods, pool == null ? Optional.empty() : Optional.of(pool + "/" + inPool));
    }

    private List<Pod> look(List<String> names) {
        var pods = new ArrayList<Pod>(names.size());
        for (int i = 0; i < names.size(); i += ENOUGH) {
            var some = names.subList(i, Math.min(i + ENOUGH, names.size()));
            store.runForLoop("pods", some).lists(0).forEach(facts -> pods.add(RedisPools.pod(facts)));
        }
        return pods;
    }

    /** Every pod with the pool it belongs to, as the assignment of pods to pools wants to know them. */
    public List<AssignedPod> assigned() {
        var assigned = new ArrayList<AssignedPod>();
        var cursor = Optional.of("");
        while (cursor.isPresent()) {
            var page = pods(cursor.get());
            page.things().forEach(pod -> assigned.add(assigned(pod)));
            cursor = page.next();
        }
        return List.copyOf(assigned);
    }

    private static AssignedPod assigned(Pod pod) {
        return new AssignedPod(pod.name(), pod.pool(), pod.calls().size(), pod.state() == PodState.AVAILABLE);
    }

    /**
     * Live calls, in no order; without those whose names or records are none of ours.
     *
     * @param cursor empty for the first page
     * @throws IllegalArgumentException if it is no cursor
     */
    public Page<Allocation> calls(String cursor) {
        if (!cursor.isEmpty() && !CALLS_CURSOR.matcher(cursor).matches()) throw noCursor(cursor);
        var page = store.runForLoop("names", List.of(cursor.isEmpty() ? "0" : cursor, "calls:by_expiry"));
        var sids = page.list(1).texts(0);
        var calls = sids.isEmpty()
                ? List.<Allocation>of()
                : store.runForLoop("calls", sids).lists(0).stream()
                        .flatMap(Inventory::call)
                        .toList();
        return new Page<>(calls, Optional.of(page.text(0)).filter(next -> !next.equals("0")));
    }

    private static Stream<Allocation> call(Reply found) {
        try {
            return CallRecord.sid(found.text(0))
                    .map(sid -> CallRecord.allocation(sid, found.list(4).fields()))
                    .stream();
        } catch (StoreUnavailableException e) { // a record that a hand damaged hides none of the others
            return Stream.empty();
        }
    }

    private static IllegalArgumentException noCursor(String cursor) {
        var shown = cursor.length() > 60 ? cursor.substring(0, 60) + "…" : cursor;
        return new IllegalArgumentException(
                "cursor must be the next of a page before, not '" + shown.replaceAll("\\p{C}", "?") + "'");
    }
}
