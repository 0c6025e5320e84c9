package dev.smartrouter.call;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.smartrouter.CallSid;
import dev.smartrouter.MerchantId;
import dev.smartrouter.pool.Origin;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * A base, on the first line, and a template, on the rest of them, are refused in one line, or make a URL without a query for
 * every call.
 */
class StreamUrlFuzzTest {
    private static final CallRequest CALL = new CallRequest(
            new CallSid("CA1"),
            Optional.of(new MerchantId("acme")),
            new Origin("twilio", "in bound?#", "hello/%\u00e9"),
            Duration.ZERO);

    @FuzzTest
    void makesUrlsOrIsRefused(byte[] bytes) {
        var lines = new String(bytes, StandardCharsets.UTF_8).split("\n", 2);
        StreamUrl urls;
        try {
            urls = new StreamUrl(lines[0], lines.length > 1 ? lines[1] : StreamUrl.DEFAULT_TEMPLATE);
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage())
                    .matches("(VOICE_AGENT_BASE_URL|WS_URL_TEMPLATE) \\P{Cntrl}+")
                    .hasSizeLessThan(600);
            return;
        }
        var url = URI.create(urls.onAnyPod(CALL).replace("{pod}", "agent-0"));
        assertThat(url.getScheme()).matches("(?i)wss?");
        assertThat(url.getHost()).isNotNull();
        assertThat(url.getRawQuery()).isNull();
        assertThat(url.getRawFragment()).isNull();
    }
}
