package dev.smartrouter.tier;

import static dev.smartrouter.tier.Mode.EXCLUSIVE;
import static dev.smartrouter.tier.Mode.SHARED;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.smartrouter.PoolName;
import dev.smartrouter.TierName;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract's sentences on the written forms of a tier config, one row each. */
class TierConfigTest {
    private static final String FLAT = """
            {"gold":{"type":"exclusive","target":1},"standard":{"type":"exclusive","target":1},\
            "basic":{"type":"shared","target":1,"max_concurrent":3}}""";
    private static final String FLAT_MEANS =
            "gold=exclusive*1, standard=exclusive*1, overflow=exclusive*0, basic=shared*1of3"
                    + " | gold > standard > overflow > basic | from standard";

    static final String OPERATIONS_004 = """
            {"tiers":{
              "gold":     {"type":"exclusive","target":2},
              "standard": {"type":"exclusive","target":1},
              "basic":    {"type":"shared","target":1,"max_concurrent":3},
              "9shines":  {"type":"exclusive","target":2},
              "acme":     {"type":"exclusive","target":1}},
             "default_chain":["gold","standard","basic"]}""";

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void theWrittenFormMeans(String sentence, String text, String meaning) {
        assertThat(describe(TierConfig.parse(text))).isEqualTo(meaning);
    }

    static Stream<Arguments> theWrittenFormMeans() {
        return Stream.of(
                arguments(
                        "holds tiers, default_chain",
                        OPERATIONS_004,
                        "gold=exclusive*2, standard=exclusive*1, basic=shared*1of3, merchant 9shines=exclusive*2,"
                                + " merchant acme=exclusive*1 | gold > standard > basic"),
                arguments("holds default_tier", """
                        {"tiers":{"a":{"type":"exclusive","target":1},"b":{"type":"exclusive","target":0}},
                         "default_chain":["b","a"],"default_tier":"a"}""", "a=exclusive*1, b=exclusive*0 | b > a | from a"),
                arguments("the flat form of document 000", FLAT, FLAT_MEANS),
                arguments(
                        "{name: target} (exclusive tiers)",
                        """
                        {"gold":2,"vip":0}""",
                        "gold=exclusive*2, vip=exclusive*0, overflow=exclusive*0 | gold > vip > overflow"),
                arguments(
                        "chain = its exclusive tiers in the order written, then overflow, then its shared tiers",
                        """
                        {"s2":{"type":"shared","target":1,"max_concurrent":2},"z":1,
                         "s1":{"type":"shared","target":1,"max_concurrent":9},"a":1}""",
                        "z=exclusive*1, a=exclusive*1, overflow=exclusive*0, s2=shared*1of2, s1=shared*1of9"
                                + " | z > a > overflow > s2 > s1"),
                arguments(
                        "overflow: target 0 unless written, and in its place wherever written",
                        """
                        {"overflow":4,"gold":1}""",
                        "gold=exclusive*1, overflow=exclusive*4 | gold > overflow"),
                arguments(
                        "overflow unless written: shared is what was written",
                        """
                        {"overflow":{"type":"shared","target":1,"max_concurrent":2},"gold":1}""",
                        "gold=exclusive*1, overflow=shared*1of2 | gold > overflow"),
                arguments(
                        "default_tier = standard if there is one",
                        """
                        {"gold":1,"standard":1}""",
                        "gold=exclusive*1, standard=exclusive*1, overflow=exclusive*0"
                                + " | gold > standard > overflow | from standard"),
                arguments(
                        "a shared tier outside the chain is nobody's own",
                        """
                        {"tiers":{"gold":1,"pit":{"type":"shared","target":2,"max_concurrent":5}},
                         "default_chain":["gold"]}""",
                        "gold=exclusive*1, pit=shared*2of5 | gold"),
                arguments(
                        "a tier outside default_chain that is not shared is a merchant pool, even overflow",
                        """
                        {"tiers":{"gold":1,"overflow":1},"default_chain":["gold"]}""",
                        "gold=exclusive*1, merchant overflow=exclusive*1 | gold"),
                arguments(
                        "unknown fields are ignored; null and empty mean none; an exclusive pod may say it carries one",
                        """
                        {"tiers":{"gold":{"type":"exclusive","target":1,"max_concurrent":1,"colour":{"deep":[1]}},
                                  "next":{"type":null,"target":1,"max_concurrent":null},
                                  "last":{"target":1,"max_concurrent":0}},
                         "default_chain":["gold","next","last"],"default_tier":"","version":7}""",
                        "gold=exclusive*1, next=exclusive*1, last=exclusive*1 | gold > next > last"));
    }

    @Test
    void unsetItIsThatOfDocument000() {
        assertThat(describe(TierConfig.DEFAULT)).isEqualTo(FLAT_MEANS);
        assertThat(TierConfig.parse(TierConfig.DEFAULT_JSON)).isEqualTo(TierConfig.parse(FLAT));
    }

    @Test
    void everyTierHasAPoolThatKnowsIt() {
        var config = TierConfig.parse(OPERATIONS_004);

        assertThat(config.pools().keySet())
                .extracting(PoolName::value)
                .containsExactly("pool:gold", "pool:standard", "pool:basic", "merchant:9shines", "merchant:acme");
        assertThat(config.pools().get(new PoolName("pool:basic"))).isEqualTo(new Tier(name("basic"), SHARED, 1, 3));
        assertThat(config.pools().get(new PoolName("merchant:9shines")))
                .isEqualTo(new Tier(name("9shines"), EXCLUSIVE, 2, 1));
        assertThat(config.poolOf(name("acme"))).isEqualTo(new PoolName("merchant:acme"));
        assertThat(config.find(name("acme"))).map(Tier::target).contains(1);
    }

    @Test
    void aStrangerIsNoTierNoMerchantAndHasNoPool() {
        var config = TierConfig.DEFAULT;

        assertThat(config.find(name("nobody"))).isEmpty();
        assertThat(config.isMerchant(name("nobody"))).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> config.poolOf(name("nobody")))
                .withMessage("the tier must be one of [gold, standard, overflow, basic], not 'nobody'");
    }

    @Test
    void anotherOrderIsAnotherConfig() {
        assertThat(TierConfig.parse("{\"a\":1,\"b\":1}")).isNotEqualTo(TierConfig.parse("{\"b\":1,\"a\":1}"));
    }

    @Test
    void aTierCannotBeWrong() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Tier(name("a"), EXCLUSIVE, -1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Tier(name("a"), SHARED, 1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Tier(name("a"), EXCLUSIVE, 1, 2));
    }

    @Test
    void aConfigBuiltByHandCannotHaveATierTwice() {
        var gold = new Tier(name("gold"), EXCLUSIVE, 1, 1);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TierConfig(List.of(gold, gold), List.of(name("gold")), null))
                .withMessageContaining("'gold' twice");
    }

    @Test
    void aModeIsKnownByItsTextOnly() {
        assertThat(Stream.of(Mode.values()))
                .allSatisfy(mode -> assertThat(Mode.find(mode.text())).contains(mode));
        assertThat(Mode.find("Exclusive")).isEmpty();
        assertThat(SHARED).hasToString("shared");
    }

    private static TierName name(String name) {
        return new TierName(name);
    }

    private static String describe(TierConfig config) {
        var tiers = config.tiers().stream()
                .map(tier -> (config.isMerchant(tier.name()) ? "merchant " : "") + tier.name() + "=" + tier.mode() + "*"
                        + tier.target() + (tier.mode() == SHARED ? "of" + tier.capacity() : ""))
                .collect(joining(", "));
        var chain = config.defaultChain().stream().map(TierName::value).collect(joining(" > "));
        return tiers + " | " + chain + (config.defaultTier() == null ? "" : " | from " + config.defaultTier());
    }
}
