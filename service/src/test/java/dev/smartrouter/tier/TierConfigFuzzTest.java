package dev.smartrouter.tier;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.charset.StandardCharsets;

/** A text is a tier config, and written in full it reads as itself, or it is refused in one line. */
class TierConfigFuzzTest {
    @FuzzTest
    void isReadOrRefused(byte[] bytes) throws JsonProcessingException {
        try {
            var config = TierConfig.parse(new String(bytes, StandardCharsets.UTF_8));
            assertThat(TierConfig.parse(TierConfigProperties.written(config))).isEqualTo(config);
            assertThat(config.chain()).isNotEmpty();
            assertThat(config.pools()).hasSameSizeAs(config.tiers());
        } catch (InvalidTierConfigException e) {
            assertThat(e.getMessage())
                    .isNotBlank()
                    .hasSizeLessThan(500)
                    .doesNotContainPattern("[\\p{C}\\p{Zl}\\p{Zp}]");
        }
    }
}
