package dev.smartrouter.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.smartrouter.tier.TierConfig;
import org.junit.jupiter.api.Test;

class HandSetPoolsTest {
    @Test
    void everyKindOfPoolHasItsShareOfThePods() {
        var tiers = TierConfig.parse(new HandSetPools(100).tiers()).tiers();
        assertThat(tiers).extracting(tier -> tier.name().value()).containsExactly("gold", "basic");
        assertThat(tiers).extracting(tier -> tier.target()).containsExactly(70, 20);
        assertThat(tiers).extracting(tier -> tier.capacity()).containsExactly(1, 3);
    }

    @Test
    void thereMustBePodsForAllOfThem() {
        assertThatThrownBy(() -> new HandSetPools(9)).hasMessage("there must be at least 10 pods, not 9");
    }
}
