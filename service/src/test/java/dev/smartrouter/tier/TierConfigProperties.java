package dev.smartrouter.tier;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.smartrouter.PoolName;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

@Domain(TierConfigs.class)
@Domain(DomainContext.Global.class)
class TierConfigProperties {
    @Property
    void anyTextIsATierConfigOrRefusedInOneLine(@ForAll String text) {
        parsesOrRefuses(text);
    }

    @Property
    void anyJsonIsATierConfigOrRefusedInOneLine(@ForAll("json") String text) {
        parsesOrRefuses(text);
    }

    @Property
    void anyDamagedConfigIsATierConfigOrRefusedInOneLine(@ForAll("damaged") String text) {
        parsesOrRefuses(text);
    }

    @Property
    void aConfigWrittenInFullReadsAsItself(@ForAll TierConfig config) throws JsonProcessingException {
        assertThat(TierConfig.parse(written(config))).isEqualTo(config);
    }

    @Property
    void everyPoolServesItsTierAndMerchantPoolsAreExclusive(@ForAll TierConfig config) {
        assertThat(config.pools()).hasSameSizeAs(config.tiers()).allSatisfy((pool, tier) -> {
            assertThat(pool.tier()).isEqualTo(tier.name());
            assertThat(pool).isEqualTo(config.poolOf(tier.name()));
            assertThat(pool.isMerchant()).isEqualTo(config.isMerchant(tier.name()));
            assertThat(tier.capacity() > 1 && pool.isMerchant()).isFalse();
        });
        assertThat(config.chain()).extracting(Step::pool).noneMatch(PoolName::isMerchant);
    }

    private static void parsesOrRefuses(String text) {
        try {
            assertThat(TierConfig.parse(text).chain()).isNotEmpty();
        } catch (InvalidTierConfigException e) {
            assertThat(e.getMessage())
                    .isNotBlank()
                    .hasSizeLessThan(500)
                    .doesNotContainPattern("[\\p{C}\\p{Zl}\\p{Zp}]");
        }
        try {
            FallbackChain.resolve(TierConfig.DEFAULT, MerchantConfig.parse(text));
        } catch (InvalidMerchantConfigException e) {
            assertThat(e.getMessage())
                    .isNotBlank()
                    .hasSizeLessThan(500)
                    .doesNotContainPattern("[\\p{C}\\p{Zl}\\p{Zp}]");
        }
    }

    @Provide
    Arbitrary<String> json() {
        var key = Arbitraries.frequencyOf(
                Tuple.of(
                        5,
                        Arbitraries.of(
                                "tiers",
                                "default_chain",
                                "default_tier",
                                "type",
                                "target",
                                "max_concurrent",
                                "gold",
                                "standard",
                                "tier",
                                "pool",
                                "fallback")),
                Tuple.of(1, Arbitraries.strings().ofMaxLength(3)));
        var leaf = Arbitraries.oneOf(
                Arbitraries.of(
                        "null", "true", "1", "0", "-1", "2.5", "1e400", "\"exclusive\"", "\"shared\"", "\"gold\""),
                Arbitraries.strings().ofMaxLength(3).map(TierConfigProperties::quoted));
        return Arbitraries.recursive(
                        () -> leaf,
                        inner -> Arbitraries.oneOf(
                                inner.list().ofMaxSize(3).map(all -> "[" + String.join(",", all) + "]"),
                                Combinators.combine(key, inner)
                                        .as((name, value) -> quoted(name) + ":" + value)
                                        .list()
                                        .ofMaxSize(4)
                                        .map(all -> "{" + String.join(",", all) + "}")),
                        0,
                        4)
                .withoutEdgeCases();
    }

    @Provide
    Arbitrary<String> damaged() {
        var text = TierConfigTest.OPERATIONS_004;
        return Combinators.combine(
                        Arbitraries.integers().between(0, text.length()),
                        Arbitraries.integers().between(0, 12),
                        Arbitraries.strings().ofMaxLength(4))
                .as((from, length, put) ->
                        text.substring(0, from) + put + text.substring(Math.min(text.length(), from + length)));
    }

    private static String quoted(String text) {
        try {
            return new ObjectMapper().writeValueAsString(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static String written(TierConfig config) throws JsonProcessingException {
        var tiers = config.tiers().stream()
                .collect(Collectors.toMap(
                        tier -> tier.name().value(),
                        tier -> Map.of(
                                "type", tier.mode().text(), "target", tier.target(), "max_concurrent", tier.capacity()),
                        (one, other) -> one,
                        LinkedHashMap::new));
        var full = new LinkedHashMap<String, Object>();
        full.put("tiers", tiers);
        full.put(
                "default_chain",
                config.defaultChain().stream().map(Object::toString).toList());
        full.put(
                "default_tier",
                config.defaultTier() == null ? null : config.defaultTier().value());
        return new ObjectMapper().writeValueAsString(full);
    }
}
