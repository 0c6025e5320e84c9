package dev.smartrouter.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartrouter.history.Deed.Allocate;
import dev.smartrouter.history.Deed.Drain;
import dev.smartrouter.history.Deed.Release;
import dev.smartrouter.history.Outcome.Calls;
import dev.smartrouter.history.Outcome.Existing;
import dev.smartrouter.history.Outcome.New;
import dev.smartrouter.history.Outcome.NoPods;
import dev.smartrouter.history.Outcome.NotFound;
import dev.smartrouter.history.Outcome.Released;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;

/** The search, with all it leaves out and remembers, against trying every order there is. */
class SearchProperties {
    private static final List<String> CHAIN = List.of("gold");
    private static final Model<AllPods.State> MODEL =
            new AllPods(new Pods(Map.of("g0", "gold", "g1", "gold"), Map.of("gold", 1)));

    @Provide
    Arbitrary<History> tinyHistories() {
        var calls = Arbitraries.of("A", "B");
        var pods = Arbitraries.of("g0", "g1");
        var allocations = steps(
                calls.map(call -> new Allocate(call, CHAIN)),
                Arbitraries.frequencyOf(
                        Tuple.of(6, pods.map(pod -> new New(pod, "gold", "url"))),
                        Tuple.of(3, pods.map(pod -> new Existing(pod, "gold", "url"))),
                        Tuple.of(1, Arbitraries.just(new NoPods(CHAIN))),
                        Tuple.of(2, Arbitraries.just(Outcome.UNKNOWN))));
        var releases = steps(
                calls.map(Release::new),
                Arbitraries.frequencyOf(
                        Tuple.of(4, pods.map(pod -> new Released(pod, "gold", false))),
                        Tuple.of(2, Arbitraries.just(new NotFound())),
                        Tuple.of(2, Arbitraries.just(Outcome.UNKNOWN))));
        var drains = steps(pods.map(Drain::new), Arbitraries.of(new Calls(0), new Calls(1)));
        return Arbitraries.frequencyOf(Tuple.of(5, allocations), Tuple.of(4, releases), Tuple.of(1, drains))
                .list()
                .ofMinSize(1)
                .ofMaxSize(6)
                .map(History::new);
    }

    private static Arbitrary<Operation> steps(Arbitrary<? extends Deed> deeds, Arbitrary<? extends Outcome> outcomes) {
        return Combinators.combine(
                        deeds,
                        outcomes,
                        Arbitraries.integers().between(0, 8),
                        Arbitraries.integers().between(0, 6))
                .as((deed, outcome, called, took) -> new Operation("c", called, called + took, deed, outcome));
    }

    @Property(tries = 3000)
    void itFindsAnOrderWheneverThereIsOne(@ForAll("tinyHistories") History history) {
        var exists = anyOrder(history.operations(), MODEL.start());
        assertThat(Search.check(history, MODEL).isEmpty()).isEqualTo(exists);
        Statistics.label("linearizable").collect(exists).coverage(coverage -> {
            coverage.check(true).percentage(percent -> percent > 10);
            coverage.check(false).percentage(percent -> percent > 10);
        });
    }

    /** Whether what is left has any order at all; what nobody heard of may be left out of it. */
    private static boolean anyOrder(List<Operation> left, AllPods.State state) {
        if (left.stream().noneMatch(Operation::isKnown)) return true;
        for (var first : left) {
            if (left.stream().anyMatch(other -> other.returned() < first.called())) continue;
            var others = new ArrayList<>(left);
            others.remove(first);
            for (var after : MODEL.after(state, first)) if (anyOrder(others, after)) return true;
        }
        return false;
    }
}
