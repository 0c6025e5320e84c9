package dev.smartrouter.tier;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.smartrouter.PoolName;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract's sentences on the chain of a call, one row each. */
class FallbackChainTest {
    private static final TierConfig DOCUMENT_000 = TierConfig.DEFAULT;
    private static final TierConfig DOCUMENT_004 = TierConfig.parse(TierConfigTest.OPERATIONS_004);

    /** Beside the usual: a shared tier outside the chain, a chain tier called dedicated. */
    private static final TierConfig ODD = TierConfig.parse("""
            {"tiers":{"gold":1,"dedicated":1,"pit":{"type":"shared","target":1,"max_concurrent":5},"acme":1},
             "default_chain":["gold","dedicated"],"default_tier":"dedicated"}""");

    private static final String WHOLE_000 = "pool:gold:1 > pool:standard:1 > pool:overflow:1 > pool:basic:3";
    private static final String WHOLE_004 = "pool:gold:1 > pool:standard:1 > pool:basic:3";

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource
    void theChainIs(String sentence, TierConfig config, String merchant, String chain, List<String> unknown) {
        var resolved = FallbackChain.resolve(config, MerchantConfig.parse(merchant));

        assertThat(describe(resolved)).isEqualTo(chain);
        assertThat(resolved.unknown()).isEqualTo(unknown);
    }

    static Stream<Arguments> theChainIs() {
        return Stream.of(
                // merchant:{pool} first if the merchant has pool
                row("merchant:{pool} first", DOCUMENT_004, "{'pool':'9shines'}", "merchant:9shines:1 > " + WHOLE_004),
                row(
                        "document 004, 9shines",
                        DOCUMENT_004,
                        "{'tier':'gold','pool':'9shines','fallback':['gold','standard','basic']}",
                        "merchant:9shines:1 > " + WHOLE_004),
                row(
                        "document 004, acme",
                        DOCUMENT_004,
                        "{'tier':'gold','pool':'acme','fallback':['standard','basic']}",
                        "merchant:acme:1 > pool:standard:1 > pool:basic:3"),
                // then its fallback if not empty
                row(
                        "fallback in its own order",
                        DOCUMENT_004,
                        "{'fallback':['basic','gold']}",
                        "pool:basic:3 > pool:gold:1"),
                row("fallback wins over tier", DOCUMENT_004, "{'tier':'gold','fallback':['basic']}", "pool:basic:3"),
                row(
                        "an empty fallback is none",
                        DOCUMENT_004,
                        "{'pool':'acme','fallback':[]}",
                        "merchant:acme:1 > " + WHOLE_004),
                // else, if tier names a tier of the default chain, that chain from there on
                row("tier: from there on", DOCUMENT_000, "{'tier':'gold'}", WHOLE_000),
                row("tier: from there on", DOCUMENT_000, "{'tier':'overflow'}", "pool:overflow:1 > pool:basic:3"),
                row("tier: from there on", DOCUMENT_000, "{'tier':'basic'}", "pool:basic:3"),
                row(
                        "pool, then tier: from there on",
                        DOCUMENT_004,
                        "{'tier':'standard','pool':'acme'}",
                        "merchant:acme:1 > pool:standard:1 > pool:basic:3"),
                row("a tier called dedicated is a tier", ODD, "{'tier':'dedicated'}", "pool:dedicated:1"),
                // else, if it has a pool or tier is dedicated, the whole default chain
                row(
                        "document 000, dedicated",
                        DOCUMENT_000,
                        "{'tier':'dedicated','pool':'merchant_acme'}",
                        "merchant:merchant_acme:1 > " + WHOLE_000),
                row("dedicated: the whole chain", DOCUMENT_000, "{'tier':'dedicated'}", WHOLE_000),
                row(
                        "a pool: the whole chain",
                        ODD,
                        "{'pool':'acme'}",
                        "merchant:acme:1 > pool:gold:1 > pool:dedicated:1"),
                row(
                        "a pool and an unknown tier: the whole chain",
                        DOCUMENT_000,
                        "{'tier':'vip','pool':'acme'}",
                        "merchant:acme:1 > " + WHOLE_000,
                        "tier 'vip'"),
                // else (no config) the default chain from default_tier on, or whole
                row(
                        "nothing wished: from default_tier on",
                        DOCUMENT_000,
                        "{}",
                        "pool:standard:1 > pool:overflow:1 > pool:basic:3"),
                row("nothing wished: whole", DOCUMENT_004, "{'max_calls':3}", WHOLE_004),
                row("an unknown tier: from default_tier on", ODD, "{'tier':'vip'}", "pool:dedicated:1", "tier 'vip'"),
                row(
                        "a merchant's tier is none of the chain",
                        DOCUMENT_004,
                        "{'tier':'acme'}",
                        WHOLE_004,
                        "tier 'acme'"),
                row("empty texts are no wishes", DOCUMENT_004, "{'tier':'','pool':'','fallback':null}", WHOLE_004),
                // in fallback a merchant tier means merchant:{name}
                row(
                        "fallback: a merchant tier",
                        DOCUMENT_004,
                        "{'pool':'acme','fallback':['9shines','gold']}",
                        "merchant:acme:1 > merchant:9shines:1 > pool:gold:1"),
                row(
                        "fallback: a shared tier outside the chain",
                        ODD,
                        "{'fallback':['pit','gold']}",
                        "pool:pit:5 > pool:gold:1"),
                // a pool that names a tier of the chain means that tier
                row(
                        "pool: a tier of the chain",
                        DOCUMENT_004,
                        "{'pool':'standard','fallback':['basic']}",
                        "pool:standard:1 > pool:basic:3"),
                row(
                        "pool: a tier of the chain, once",
                        DOCUMENT_004,
                        "{'pool':'basic'}",
                        "pool:basic:3 > pool:gold:1 > pool:standard:1"),
                row(
                        "pool: a shared tier outside the chain",
                        ODD,
                        "{'pool':'pit'}",
                        "pool:pit:5 > pool:gold:1 > pool:dedicated:1"),
                // a merchant pool need not be in the config
                row(
                        "pool: not in the config",
                        DOCUMENT_004,
                        "{'pool':'new-one','fallback':['gold']}",
                        "merchant:new-one:1 > pool:gold:1"),
                row(
                        "its own pool again in fallback",
                        DOCUMENT_004,
                        "{'pool':'own','fallback':['own','gold']}",
                        "merchant:own:1 > pool:gold:1"),
                row("its own pool and no other", DOCUMENT_004, "{'pool':'own','fallback':['own']}", "merchant:own:1"),
                // unknown names are skipped and logged once
                row(
                        "unknown names are skipped, and named once",
                        DOCUMENT_004,
                        "{'fallback':['platin','gold','platin','a b','gold']}",
                        "pool:gold:1",
                        "fallback 'platin'",
                        "fallback 'a b'"),
                row(
                        "nothing but unknown names is no fallback",
                        DOCUMENT_004,
                        "{'fallback':['x']}",
                        WHOLE_004,
                        "fallback 'x'"),
                row("a pool that can be none", DOCUMENT_004, "{'pool':'my pool\\n'}", WHOLE_004, "pool 'my pool?'"),
                row(
                        "a pool that can be none, again in fallback",
                        DOCUMENT_004,
                        "{'pool':'ü','fallback':['ü','basic']}",
                        "pool:basic:3",
                        "pool 'ü'",
                        "fallback 'ü'"));
    }

    @Test
    void withoutAConfigACallBeginsAtTheDefaultTierOrElseAtTheHead() {
        assertThat(describe(FallbackChain.resolve(DOCUMENT_000, null)))
                .isEqualTo("pool:standard:1 > pool:overflow:1 > pool:basic:3");
        assertThat(describe(FallbackChain.resolve(DOCUMENT_004, null))).isEqualTo(WHOLE_004);
        assertThat(describe(FallbackChain.resolve(ODD, null))).isEqualTo("pool:dedicated:1");
    }

    @Test
    void aChainHasStepsAndEachPoolOnce() {
        var gold = new Step(new PoolName("pool:gold"), 1);

        assertThatIllegalArgumentException().isThrownBy(() -> new FallbackChain(List.of(), List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new FallbackChain(List.of(gold, gold), List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new Step(new PoolName("pool:gold"), 0));
    }

    private static Arguments row(String sentence, TierConfig config, String merchant, String chain, String... unknown) {
        return arguments(sentence, config, merchant.replace('\'', '"'), chain, List.of(unknown));
    }

    private static String describe(FallbackChain chain) {
        return chain.steps().stream()
                .map(step -> step.pool() + ":" + step.capacity())
                .collect(joining(" > "));
    }
}
