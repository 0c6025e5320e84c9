package dev.smartrouter.tier;

import dev.smartrouter.TierName;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.DomainContextBase;

/** Any tier config and any merchant's wishes, from few names so that they meet. */
class TierConfigs extends DomainContextBase {
    static final List<String> NAMES = List.of("gold", "standard", "basic", "overflow", "dedicated", "9shines", "acme");

    @Provide
    Arbitrary<TierConfig> configs() {
        return tiers().list()
                .uniqueElements(Tier::name)
                .ofMinSize(1)
                .ofMaxSize(NAMES.size())
                .flatMap(tiers -> chain(tiers)
                        .flatMap(chain -> Arbitraries.of(chain)
                                .injectNull(0.3)
                                .map(first -> new TierConfig(tiers, chain, first))))
                .withoutEdgeCases();
    }

    @Provide
    Arbitrary<MerchantConfig> merchants() {
        var name = Arbitraries.oneOf(Arbitraries.of(NAMES), Arbitraries.of("stranger", "not a name", "pool:gold"));
        return Combinators.combine(
                        name.injectNull(0.3), name.injectNull(0.3), name.list().ofMaxSize(6))
                .as((tier, pool, fallback) -> new MerchantConfig(tier, pool, fallback, Limits.NONE))
                .withoutEdgeCases();
    }

    private static Arbitrary<Tier> tiers() {
        return Combinators.combine(
                        Arbitraries.of(NAMES).map(TierName::new),
                        Arbitraries.of(Mode.class),
                        Arbitraries.integers().between(0, 4),
                        Arbitraries.integers().between(1, 3))
                .as((name, mode, target, calls) -> new Tier(name, mode, target, mode == Mode.EXCLUSIVE ? 1 : calls));
    }

    private static Arbitrary<List<TierName>> chain(List<Tier> tiers) {
        return Arbitraries.of(tiers.stream().map(Tier::name).toList())
                .list()
                .uniqueElements()
                .ofMinSize(1)
                .ofMaxSize(tiers.size());
    }
}
