package dev.smartrouter;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;

/** A text is a name and stays as it is, or it is refused in one short line. */
class NamesFuzzTest {
    private static final List<Function<String, Record>> NAMES =
            List.of(CallSid::new, MerchantId::new, PodName::new, TierName::new, PoolName::new);

    @FuzzTest
    void isANameOrRefused(byte[] bytes) {
        var text = new String(bytes, StandardCharsets.UTF_8);
        for (var name : NAMES) {
            try {
                assertThat(name.apply(text)).hasToString(text);
                assertThat(text).matches("[A-Za-z0-9._:-]{1,128}");
            } catch (IllegalArgumentException e) {
                assertThat(e.getMessage()).isNotBlank().hasSizeLessThan(250).doesNotContainPattern("\\p{Cntrl}");
            }
        }
    }
}
