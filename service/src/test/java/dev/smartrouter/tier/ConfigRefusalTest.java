package dev.smartrouter.tier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way to write a config wrongly, and that the one line of refusal says what would be right. */
class ConfigRefusalTest {
    @ParameterizedTest(name = "{index}: {1}")
    @MethodSource
    void aTierConfigIsRefused(String text, String because) {
        assertThatThrownBy(() -> TierConfig.parse(text))
                .isInstanceOf(InvalidTierConfigException.class)
                .hasMessageContaining(because)
                .message()
                .hasSizeLessThan(500)
                .hasLineCount(1);
    }

    static Stream<Arguments> aTierConfigIsRefused() {
        return Stream.of(
                // no JSON, or not one object
                arguments("", "tier config must be one JSON object, not ''"),
                arguments("   ", "tier config must be one JSON object, not '   '"),
                arguments("gold: 1", "tier config must be one JSON object, not 'gold: 1': Unrecognized token"),
                arguments("[]", "tier config must be one JSON object, not '[]'"),
                arguments("null", "tier config must be one JSON object, not 'null'"),
                arguments("7", "tier config must be one JSON object, not '7'"),
                arguments("{\"gold\":1", "tier config must be one JSON object"),
                arguments("{\n\"gold\":1,\n}", "in line 3"),
                arguments("{\"gold\":1} {}", "tier config must be one JSON object"),
                arguments("{\"gold\":1}x", "tier config must be one JSON object"),
                arguments("{\"gold\":1,\"gold\":2}", "Duplicate field 'gold'"),
                arguments(full("\"a\":1,\"a\":1", "\"a\""), "Duplicate field 'a'"),
                arguments("{\"gold\":{\"type\":\"exclusive\",\"target\":1,\"target\":2}}", "Duplicate field 'target'"),
                arguments("{\"a\":1,\"b\":" + "[".repeat(100_000), "nesting depth"),
                arguments("{\"a\":" + "1".repeat(2_000) + "}", "tier config must be one JSON object"),
                arguments("{\"a\":1," + " ".repeat(1 << 20) + "\"b\":1}", "must have at most 1048576 characters"),
                arguments(tiers(1_001), "tier config must have 1 to 1000 tiers, not 1001"),
                arguments("{}", "tier config must have 1 to 1000 tiers, not 0"),
                // names
                arguments("{\"\":1}", "tier name must be 1 to 64 of A-Z a-z 0-9 _ -, not ''"),
                arguments("{\"two words\":1}", "tier name must be 1 to 64 of A-Z a-z 0-9 _ -, not 'two words'"),
                arguments("{\"merchant:x\":1}", "tier name must be 1 to 64 of A-Z a-z 0-9 _ -, not 'merchant:x'"),
                arguments("{\"a\\u2028b\":1}", "tier name must be 1 to 64 of A-Z a-z 0-9 _ -, not 'a?b'"),
                arguments("{\"" + "g".repeat(65) + "\":1}", "tier name must be 1 to 64"),
                // a tier
                arguments(
                        "{\"gold\":\"1\"}",
                        "tier 'gold' must be an object such as {\"type\":\"exclusive\",\"target\":1}"),
                arguments("{\"gold\":null}", "or a target, not null"),
                arguments("{\"gold\":[1]}", "or a target, not [1]"),
                arguments("{\"gold\":true}", "or a target, not true"),
                arguments(
                        tier("\"type\":\"vip\",\"target\":1"),
                        "type of tier 'gold' must be \"exclusive\" or \"shared\", not \"vip\""),
                arguments(
                        tier("\"type\":\"Shared\",\"target\":1"),
                        "must be \"exclusive\" or \"shared\", not \"Shared\""),
                arguments(tier("\"type\":1,\"target\":1"), "must be \"exclusive\" or \"shared\", not 1"),
                // target
                arguments("{\"gold\":-1}", "target of tier 'gold' must be a whole number from 0 to 100000, not -1"),
                arguments("{\"gold\":1.5}", "must be a whole number from 0 to 100000, not 1.5"),
                arguments("{\"gold\":1.0}", "must be a whole number from 0 to 100000, not 1.0"),
                arguments("{\"gold\":1e3}", "must be a whole number from 0 to 100000, not 1000"),
                arguments("{\"gold\":1e999}", "must be a whole number from 0 to 100000"),
                arguments("{\"gold\":100001}", "must be a whole number from 0 to 100000, not 100001"),
                arguments("{\"gold\":4294967297}", "must be a whole number from 0 to 100000, not 4294967297"),
                arguments("{\"gold\":99999999999999999999}", "must be a whole number from 0 to 100000, not 9999"),
                arguments(
                        tier("\"type\":\"exclusive\""),
                        "target of tier 'gold' is missing: it must be a whole number from 0"),
                arguments(
                        tier("\"type\":\"exclusive\",\"target\":\"2\""),
                        "must be a whole number from 0 to 100000, not \"2\""),
                arguments(
                        tier("\"type\":\"exclusive\",\"target\":null"),
                        "must be a whole number from 0 to 100000, not null"),
                // max_concurrent
                arguments(
                        tier("\"type\":\"shared\",\"target\":1"),
                        "max_concurrent of tier 'gold', which is shared, is missing: it must be a whole number from 1"),
                arguments(
                        shared("0"),
                        "max_concurrent of tier 'gold', which is shared, must be a whole number from 1 to 10000, not 0"),
                arguments(shared("-3"), "must be a whole number from 1 to 10000, not -3"),
                arguments(shared("2.5"), "must be a whole number from 1 to 10000, not 2.5"),
                arguments(shared("10001"), "must be a whole number from 1 to 10000, not 10001"),
                arguments(shared("null"), "must be a whole number from 1 to 10000, not null"),
                arguments(
                        tier("\"type\":\"exclusive\",\"target\":1,\"max_concurrent\":2"),
                        "max_concurrent of tier 'gold', which is exclusive, must be a whole number from 0 to 1, not 2"),
                arguments(tier("\"type\":\"exclusive\",\"target\":1,\"max_concurrent\":-1"), "from 0 to 1, not -1"),
                arguments(
                        tier("\"target\":1,\"max_concurrent\":3"),
                        "which is exclusive, must be a whole number from 0 to 1, not 3"),
                // chain
                arguments("{\"tiers\":{\"a\":1}}", "default_chain is missing: it must be a list of tier names"),
                arguments("{\"default_chain\":[\"a\"]}", "tiers is missing: it must be an object of tiers by name"),
                arguments("{\"tiers\":{},\"default_chain\":[\"a\"]}", "tiers must have 1 to 1000 tiers, not 0"),
                arguments(
                        "{\"tiers\":[\"a\"],\"default_chain\":[\"a\"]}",
                        "tiers must be an object of tiers by name, not [\"a\"]"),
                arguments(full("\"a\":1", ""), "default_chain must name at least one tier, not []"),
                arguments(full("\"a\":1", "1"), "default_chain must be a list of tier names, not [1]"),
                arguments(full("\"a\":1", "null"), "default_chain must be a list of tier names, not [null]"),
                arguments(
                        "{\"tiers\":{\"a\":1},\"default_chain\":\"a\"}",
                        "default_chain must be a list of tier names, not \"a\""),
                arguments(full("\"a\":1,\"b\":1", "\"c\""), "default_chain must name tiers of [a, b], not 'c'"),
                arguments(
                        full("\"a\":1,\"b\":1", "\"a\",\"b\",\"a\""),
                        "default_chain must name a tier once, not 'a' twice"),
                arguments(full("\"a\":1", "\"no name\""), "default_chain: tier name must be 1 to 64"),
                // default_tier
                arguments(withDefault("\"b\""), "default_tier must be one of default_chain [a], not 'b'"),
                arguments(withDefault("\"x\""), "default_tier must be one of default_chain [a], not 'x'"),
                arguments(withDefault("3"), "default_tier must be a tier of default_chain, not 3"),
                arguments(withDefault("\"no name\""), "default_tier: tier name must be 1 to 64"));
    }

    @ParameterizedTest(name = "{index}: {1}")
    @MethodSource
    void aMerchantConfigIsRefused(String text, String because) {
        assertThatThrownBy(() -> MerchantConfig.parse(text))
                .isInstanceOf(InvalidMerchantConfigException.class)
                .hasMessageContaining(because)
                .message()
                .hasSizeLessThan(500)
                .hasLineCount(1);
    }

    static Stream<Arguments> aMerchantConfigIsRefused() {
        return Stream.of(
                arguments("", "merchant config must be one JSON object, not ''"),
                arguments("gold", "merchant config must be one JSON object, not 'gold'"),
                arguments("\"gold\"", "merchant config must be one JSON object, not '\"gold\"'"),
                arguments("{\"tier\":\"gold\"", "merchant config must be one JSON object"),
                arguments("{\"tier\":\"gold\"}}", "merchant config must be one JSON object"),
                arguments("{\"tier\":\"a\",\"tier\":\"b\"}", "Duplicate field 'tier'"),
                arguments("{\"max_calls\":-1}", "max_calls must be a whole number from 0 to 1000000, not -1"),
                arguments("{\"max_calls\":\"12\"}", "max_calls must be a whole number from 0 to 1000000, not \"12\""),
                arguments("{\"max_cps\":0.5}", "max_cps must be a whole number from 0 to 1000000, not 0.5"),
                arguments("{\"max_cps\":1000001}", "max_cps must be a whole number from 0 to 1000000, not 1000001"),
                arguments("{\"tier\":1}", "tier must be a tier name, not 1"),
                arguments("{\"pool\":[\"acme\"]}", "pool must be the name of a pool, not [\"acme\"]"),
                arguments("{\"fallback\":\"gold\"}", "fallback must be a list of tier names, not \"gold\""),
                arguments("{\"fallback\":[\"gold\",2]}", "fallback must be a list of tier names, not [\"gold\",2]"),
                arguments("{\"fallback\":[null]}", "fallback must be a list of tier names, not [null]"),
                arguments("{\"x\":" + "[".repeat(50) + "]".repeat(50) + "}", "nesting depth"),
                arguments("{\"x\":\"" + "y".repeat(16 * 1024) + "\"}", "must have at most 16384 characters"));
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource
    void whatIsAtTheLimitIsAccepted(String text) {
        assertThat(TierConfig.parse(text).tiers()).isNotEmpty();
    }

    static Stream<String> whatIsAtTheLimitIsAccepted() {
        return Stream.of(
                tiers(999), "{\"gold\":100000}", "{\"" + "g".repeat(64) + "\":0}", shared("10000"), shared("1"));
    }

    private static String tiers(int count) {
        return IntStream.range(0, count).mapToObj(i -> "\"t" + i + "\":1").collect(Collectors.joining(",", "{", "}"));
    }

    private static String tier(String fields) {
        return "{\"gold\":{" + fields + "}}";
    }

    private static String shared(String calls) {
        return tier("\"type\":\"shared\",\"target\":1,\"max_concurrent\":" + calls);
    }

    private static String full(String tiers, String chain) {
        return "{\"tiers\":{" + tiers + "},\"default_chain\":[" + chain + "]}";
    }

    private static String withDefault(String tier) {
        return "{\"tiers\":{\"a\":1,\"b\":1},\"default_chain\":[\"a\"],\"default_tier\":" + tier + "}";
    }
}
