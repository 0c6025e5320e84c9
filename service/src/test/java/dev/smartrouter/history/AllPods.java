package dev.smartrouter.history;

import dev.smartrouter.history.Deed.Allocate;
import dev.smartrouter.history.Deed.Drain;
import dev.smartrouter.history.Deed.Release;
import dev.smartrouter.history.Deed.Undrain;
import dev.smartrouter.history.Outcome.Calls;
import dev.smartrouter.history.Outcome.Existing;
import dev.smartrouter.history.Outcome.New;
import dev.smartrouter.history.Outcome.NoPods;
import dev.smartrouter.history.Outcome.NotFound;
import dev.smartrouter.history.Outcome.Released;
import dev.smartrouter.history.Outcome.Unknown;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToIntFunction;

/**
 * All that a client may know: which call holds which pod, and which pods drain. A new call gets a pod of the first pool
 * of its chain that has room, the least busy there is; it is refused only if no pool has any; a drain stops new calls
 * and nothing else. Complete for what it judges, so nothing may be left out of the history.
 */
final class AllPods implements Model<AllPods.State> {
    private final Pods pods;

    AllPods(Pods pods) {
        this.pods = pods;
    }

    /** @param holds by call */
    record State(Map<String, Hold> holds, Set<String> draining) {
        int load(String pod) {
            var load = 0;
            for (var hold : holds.values()) if (hold.pod().equals(pod)) load++;
            return load;
        }

        Hold of(String call) {
            return holds.getOrDefault(call, Hold.NONE);
        }

        State with(String call, Hold hold) {
            var changed = new TreeMap<>(holds);
            if (hold.isSome()) changed.put(call, hold);
            else changed.remove(call);
            return new State(changed, draining);
        }

        State drained(String pod, boolean drains) {
            var changed = new TreeSet<>(draining);
            if (drains) changed.add(pod);
            else changed.remove(pod);
            return new State(holds, changed);
        }

        @Override
        public String toString() {
            return holds + (draining.isEmpty() ? "" : ", draining " + draining);
        }
    }

    @Override
    public State start() {
        return new State(Map.of(), Set.of());
    }

    @Override
    public List<State> after(State state, Operation operation) {
        return switch (operation.deed()) {
            case Allocate(var call, var chain) -> allocated(state, call, chain, operation.outcome());
            case Release(var call) -> released(state, call, operation.outcome());
            case Drain(var pod) -> drained(state, pod, true, operation.outcome());
            case Undrain(var pod) -> drained(state, pod, false, operation.outcome());
        };
    }

    private List<State> allocated(State state, String call, List<String> chain, Outcome outcome) {
        var held = state.of(call);
        return switch (outcome) {
            case New(var pod, var pool, var url) ->
                only(
                        !held.isSome()
                                && pods.pool(pod).equals(pool)
                                && offered(state, chain).contains(pod),
                        state.with(call, new Hold(pod, url)));
            case Existing(var pod, var pool, var url) ->
                only(held.isOf(pod, url) && pods.pool(pod).equals(pool), state.with(call, new Hold(pod, url)));
            case NoPods(var tried) ->
                only(
                        !held.isSome()
                                && tried.equals(chain)
                                && offered(state, chain).isEmpty(),
                        state);
            case Unknown unheard ->
                held.isSome()
                        ? List.of()
                        : offered(state, chain).stream()
                                .map(pod -> state.with(call, new Hold(pod, "")))
                                .toList();
            default -> List.of();
        };
    }

    /** The pods of which a new call gets one. */
    private List<String> offered(State state, List<String> chain) {
        ToIntFunction<String> load = state::load;
        for (var pool : chain) {
            var room = pods.of(pool).stream()
                    .filter(pod -> !state.draining.contains(pod) && state.load(pod) < pods.capacity(pod))
                    .toList();
            var least = room.stream().mapToInt(load).min();
            if (least.isPresent())
                return room.stream()
                        .filter(pod -> state.load(pod) == least.getAsInt())
                        .toList();
        }
        return List.of();
    }

    private List<State> released(State state, String call, Outcome outcome) {
        var held = state.of(call);
        return switch (outcome) {
            case Released(var pod, var pool, var wasDraining) ->
                only(
                        held.isOn(pod) && pods.pool(pod).equals(pool) && wasDraining == state.draining.contains(pod),
                        state.with(call, Hold.NONE));
            case NotFound nothing -> only(!held.isSome(), state);
            case Unknown unheard -> only(held.isSome(), state.with(call, Hold.NONE));
            default -> List.of();
        };
    }

    private static List<State> drained(State state, String pod, boolean drains, Outcome outcome) {
        return switch (outcome) {
            case Calls(var count) -> only(count == state.load(pod), state.drained(pod, drains));
            case Unknown unheard -> only(drains != state.draining.contains(pod), state.drained(pod, drains));
            default -> List.of();
        };
    }

    private static List<State> only(boolean possible, State state) {
        return possible ? List.of(state) : List.of();
    }
}
