package dev.smartrouter.tier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartrouter.PoolName;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;

@Domain(TierConfigs.class)
class FallbackChainProperties {
    @Property
    void noPoolIsTriedTwice(@ForAll TierConfig config, @ForAll MerchantConfig merchant) {
        assertThat(FallbackChain.resolve(config, merchant).steps())
                .isNotEmpty()
                .extracting(Step::pool)
                .doesNotHaveDuplicates();
    }

    @Property
    void everyStepIsAPoolOfTheConfigAtItsCapacityOrTheMerchantsOwn(
            @ForAll TierConfig config, @ForAll MerchantConfig merchant) {
        var pools = config.pools();

        assertThat(FallbackChain.resolve(config, merchant).steps()).allSatisfy(step -> {
            var tier = pools.get(step.pool());
            if (tier == null) {
                assertThat(step).isEqualTo(new Step(new PoolName("merchant:" + merchant.pool()), 1));
            } else {
                assertThat(step.capacity()).isEqualTo(tier.capacity());
            }
        });
    }

    @Property
    void aPoolOfItsOwnComesFirst(@ForAll TierConfig config, @ForAll MerchantConfig merchant) {
        var chain = FallbackChain.resolve(config, merchant);

        if (merchant.pool() != null && merchant.pool().matches("\\w+")) {
            assertThat(chain.steps().getFirst().pool().tier()).hasToString(merchant.pool());
        }
    }

    @Property
    void aMerchantWithoutWishesIsNoMerchant(@ForAll TierConfig config) {
        assertThat(FallbackChain.resolve(config, MerchantConfig.parse("{}")))
                .isEqualTo(FallbackChain.resolve(config, null));
    }

    @Property
    void eachUnknownNameIsReportedOnceAndFitsALine(@ForAll TierConfig config, @ForAll MerchantConfig merchant) {
        assertThat(FallbackChain.resolve(config, merchant).unknown())
                .doesNotHaveDuplicates()
                .allSatisfy(name -> assertThat(name).hasSizeLessThan(80));
    }
}
