package dev.smartrouter.pool;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A text says where Redis is, or it is refused; neither way is any of it shown that may be the password. */
class RedisUrlFuzzTest {
    private static final String OURS = messageOf("");

    @FuzzTest
    void isReadOrRefused(byte[] bytes) {
        var text = new String(bytes, StandardCharsets.UTF_8);
        try {
            var url = RedisUrl.parse(text);
            assertThat(url.hosts()).isNotEmpty().allSatisfy(host -> {
                assertThat(host.getHost()).isNotEmpty();
                assertThat(host.getPort()).isBetween(1, 65_535);
            });
            assertThat(url.database()).isBetween(0, 9_999);
            assertThat(url).hasToString(withoutPassword(url).toString());
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage())
                    .startsWith(OURS.substring(0, OURS.indexOf("; this one ")))
                    .hasSizeLessThan(OURS.length() + 80)
                    .doesNotContainPattern("\\p{C}");
        }
    }

    private static RedisUrl withoutPassword(RedisUrl url) {
        return new RedisUrl(
                url.kind(),
                url.hosts(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                url.database(),
                url.master());
    }

    private static String messageOf(String wrong) {
        try {
            return RedisUrl.parse(wrong).toString();
        } catch (IllegalArgumentException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
