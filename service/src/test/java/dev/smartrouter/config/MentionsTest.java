package dev.smartrouter.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartrouter.tier.MerchantConfig;
import dev.smartrouter.tier.TierConfig;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who still names what would be gone. */
class MentionsTest {
    private static final String OWN =
            "{\"tiers\":{\"gold\":{\"target\":1},\"acme\":{\"target\":1}},\"default_chain\":[\"gold\"]}";

    @Test
    void aTierThatNobodyNamesMayGo() {
        assertThat(objection("{\"gold\":1,\"silver\":1}", "{\"gold\":1}", "acme", "{\"tier\":\"gold\"}"))
                .isEmpty();
    }

    @Test
    void aTierMayNotGoWhileAMerchantBeginsThereOrFallsBackOnIt() {
        assertThat(objection(
                        "{\"gold\":1,\"silver\":1}",
                        "{\"gold\":1}",
                        "acme",
                        "{\"tier\":\"silver\"}",
                        "bluebird",
                        "{\"pool\":\"own\",\"fallback\":[\"silver\"]}"))
                .isEqualTo(
                        "merchants still name what would be gone: acme (tier 'silver'), bluebird (fallback 'silver')");
    }

    @Test
    void aMerchantsOwnPoolMayNotGoWhileItNamesIt() {
        assertThat(objection(OWN, "{\"gold\":1}", "acme", "{\"pool\":\"acme\"}"))
                .isEqualTo("merchants still name what would be gone: acme (pool 'acme')");
    }

    @Test
    void aTierMayNotLeaveTheChainWhileAMerchantBeginsThere() {
        var after = "{\"tiers\":{\"gold\":{\"target\":1},\"silver\":{\"target\":1}},\"default_chain\":[\"gold\"]}";
        assertThat(objection("{\"gold\":1,\"silver\":1}", after, "acme", "{\"tier\":\"silver\"}"))
                .contains("acme (tier 'silver')");
    }

    @Test
    void whatMeantNothingBeforeIsNoHindrance() {
        assertThat(objection("{\"gold\":1}", "{\"gold\":2}", "acme", "{\"tier\":\"never\",\"fallback\":[\"was\"]}"))
                .isEmpty();
    }

    @Test
    void manyAreCounted() {
        var merchants = IntStream.range(0, 25)
                .boxed()
                .collect(Collectors.toMap(i -> "m" + i, i -> MerchantConfig.parse("{\"tier\":\"silver\"}")));
        assertThat(new Mentions(merchants)
                        .objection(TierConfig.parse("{\"gold\":1,\"silver\":1}"), TierConfig.parse("{\"gold\":1}"))
                        .orElseThrow())
                .endsWith(" and 15 more");
    }

    @Test
    void aMerchantMayNotGoWhileOthersUseItsPool() {
        var others = mentions(
                "acme", "{\"pool\":\"acme\"}", "acme-2", "{\"pool\":\"acme\"}", "z", "{\"fallback\":[\"acme\"]}");
        assertThat(others.objectionWithout("acme", TierConfig.parse(OWN)))
                .contains("other merchants still name 'acme': acme-2 (pool), z (fallback)");
        assertThat(others.objectionWithout("z", TierConfig.parse(OWN))).isEmpty();
    }

    @Test
    void aMerchantCalledLikeATierOfAllMayGo() {
        assertThat(mentions("z", "{\"fallback\":[\"gold\"]}").objectionWithout("gold", TierConfig.parse(OWN)))
                .isEmpty();
    }

    private static String objection(String before, String after, String... merchants) {
        return mentions(merchants)
                .objection(TierConfig.parse(before), TierConfig.parse(after))
                .orElse("");
    }

    private static Mentions mentions(String... merchants) {
        Map<String, MerchantConfig> configs = new LinkedHashMap<>();
        for (int i = 0; i < merchants.length; i += 2) configs.put(merchants[i], MerchantConfig.parse(merchants[i + 1]));
        return new Mentions(configs);
    }
}
