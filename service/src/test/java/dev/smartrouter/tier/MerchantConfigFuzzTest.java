package dev.smartrouter.tier;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.smartrouter.PoolName;
import java.nio.charset.StandardCharsets;

/** A text is a merchant's config, which leads to some pools whatever it wishes, or it is refused in one line. */
class MerchantConfigFuzzTest {
    private static final TierConfig TIERS = TierConfig.parse("""
            {"tiers":{"gold":2,"acme":1,"basic":{"type":"shared","target":1,"max_concurrent":3}},\
            "default_chain":["gold","basic"]}""");

    @FuzzTest
    void isReadOrRefused(byte[] bytes) {
        try {
            var config = MerchantConfig.parse(new String(bytes, StandardCharsets.UTF_8));
            var chain = FallbackChain.resolve(TIERS, config);
            assertThat(chain.steps()).isNotEmpty().doesNotHaveDuplicates();
            var own = chain.steps().stream()
                    .map(Step::pool)
                    .filter(pool -> !TIERS.pools().containsKey(pool));
            assertThat(own).hasSizeLessThanOrEqualTo(1).allMatch(PoolName::isMerchant);
        } catch (InvalidMerchantConfigException e) {
            assertThat(e.getMessage())
                    .isNotBlank()
                    .hasSizeLessThan(500)
                    .doesNotContainPattern("[\\p{C}\\p{Zl}\\p{Zp}]");
        }
    }
}
