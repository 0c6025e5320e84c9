package dev.smartrouter.scenario;

import dev.smartrouter.history.Deed;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * What several clients do at the same time, each one thing after another, while operators change what they depend on.
 *
 * @param programs one a client
 */
record Storm(List<List<Step>> programs) {
    static final List<String> MERCHANTS = List.of("acme", "zeta");
    static final List<String> TIERS = List.of("gold", "silver", "basic");
    private static final int PODS_A_TIER = 3;
    private static final int CALLS = 12;

    /** One thing that a client does. */
    sealed interface Step {
        /** @param router which of the routers is asked */
        record Ask(Deed deed, int router) implements Step {}

        record SetTiers(String config) implements Step {}

        /** @param config empty deletes it */
        record SetMerchant(String merchant, String config) implements Step {}
    }

    /** The pods of a tier, or those of the merchant's own pool. */
    static List<String> podsOf(String tier) {
        return Stream.iterate(0, i -> i < PODS_A_TIER, i -> i + 1)
                .map(i -> tier + "-" + i)
                .toList();
    }

    static List<String> pods() {
        return Stream.concat(TIERS.stream(), Stream.of(MERCHANTS.getFirst()))
                .flatMap(tier -> podsOf(tier).stream())
                .toList();
    }

    /** The merchant of a call, if it is one's: the same each time it is asked for. */
    static String merchantOf(String call) {
        var merchants = List.of("", "", MERCHANTS.get(0), MERCHANTS.get(1));
        return merchants.get(Math.floorMod(call.hashCode(), merchants.size()));
    }

    static Arbitrary<Storm> storms() {
        return steps().list()
                .ofMinSize(20)
                .ofMaxSize(60)
                .list()
                .ofMinSize(2)
                .ofMaxSize(8)
                .map(Storm::new);
    }

    private static Arbitrary<Step> steps() {
        var call = Arbitraries.integers().between(1, CALLS).map(i -> "CA-" + i);
        var pod = Arbitraries.of(pods());
        Arbitrary<Deed> deeds = Arbitraries.frequencyOf(
                Tuple.of(12, call.map(sid -> new Deed.Allocate(sid, List.of()))),
                Tuple.of(10, call.map(Deed.Release::new)),
                Tuple.of(1, pod.map(Deed.Drain::new)),
                Tuple.of(2, pod.map(Deed.Undrain::new)));
        return Arbitraries.frequencyOf(
                Tuple.of(40, Combinators.combine(deeds, Arbitraries.of(0, 1)).as(Step.Ask::new)),
                Tuple.of(1, tiers().map(Step.SetTiers::new)),
                Tuple.of(
                        1,
                        Combinators.combine(Arbitraries.of(MERCHANTS), merchants())
                                .as(Step.SetMerchant::new)));
    }

    /** Some of the tiers, in any order, each exclusive or shared by up to three calls. */
    static Arbitrary<String> tiers() {
        var kinds = Arbitraries.of(
                "\"type\":\"exclusive\"",
                "\"type\":\"shared\",\"max_concurrent\":1",
                "\"type\":\"shared\",\"max_concurrent\":2",
                "\"type\":\"shared\",\"max_concurrent\":3");
        var some = Combinators.combine(
                        Arbitraries.shuffle(TIERS), Arbitraries.integers().between(1, TIERS.size()))
                .as((tiers, count) -> tiers.subList(0, count));
        return Combinators.combine(some, kinds.list().ofSize(TIERS.size())).as(Storm::config);
    }

    private static String config(List<String> chain, List<String> kinds) {
        var tiers = new StringBuilder("\"acme\":{\"type\":\"exclusive\",\"target\":1}");
        for (int i = 0; i < chain.size(); i++)
            tiers.append(",\"%s\":{%s,\"target\":1}".formatted(chain.get(i), kinds.get(i)));
        return "{\"tiers\":{" + tiers + "},\"default_chain\":[\"" + String.join("\",\"", chain) + "\"]}";
    }

    private static Arbitrary<String> merchants() {
        return Arbitraries.of(
                "",
                "{\"pool\":\"acme\"}",
                "{\"pool\":\"acme\",\"fallback\":[\"basic\",\"gold\"]}",
                "{\"tier\":\"silver\"}",
                "{\"tier\":\"dedicated\"}",
                "{\"fallback\":[\"basic\"]}",
                "no config");
    }
}
