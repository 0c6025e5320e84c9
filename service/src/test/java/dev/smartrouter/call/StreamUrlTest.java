package dev.smartrouter.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.smartrouter.CallSid;
import dev.smartrouter.MerchantId;
import dev.smartrouter.pool.Origin;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamUrlTest {
    private static final CallRequest REQUEST = new CallRequest(
            new CallSid("CA1"),
            Optional.of(new MerchantId("acme")),
            new Origin("twilio", "v2", "été/1 {pod}?"),
            Duration.ZERO);

    @ParameterizedTest
    @CsvSource({
        "wss://h, {base}/ws/pod/{pod}/{call_sid}, wss://h/ws/pod/{pod}/CA1",
        "wss://h/, {base}/ws/pod/{pod}/{call_sid}, wss://h/ws/pod/{pod}/CA1",
        "ws://h:81/a, {base}/{pod}, ws://h:81/a/{pod}",
        "wss://h, wss://{pod}.x/{merchant_id}/{provider}/{flow}, wss://{pod}.x/acme/twilio/v2",
        "wss://h, {base}/{pod}/{template}, wss://h/{pod}/%C3%A9t%C3%A9%2F1%20%7Bpod%7D%3F",
    })
    void everyTokenButThePodIsReplaced(String base, String template, String url) {
        assertThat(new StreamUrl(base, template).onAnyPod(REQUEST)).isEqualTo(url);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "wss://h; {base}/{pod}?x={call_sid}; WS_URL_TEMPLATE must have no query",
                "wss://h; {base}/{pod}#x; WS_URL_TEMPLATE must have no query and no fragment",
                "wss://h; {base}/{pods}; WS_URL_TEMPLATE may hold the tokens {base} {call_sid} {flow}",
                "wss://h; {base}/{}/{pod}; WS_URL_TEMPLATE may hold the tokens",
                "wss://h; {base}/{call_sid}; WS_URL_TEMPLATE must hold {pod}",
                "wss://h; /ws/{pod}; WS_URL_TEMPLATE must begin with {base}, ws:// or wss://",
                "wss://h; https://h/{pod}; WS_URL_TEMPLATE must begin with",
                "wss://h; {base}/a b/{pod}; WS_URL_TEMPLATE must make a URL",
                "wss://h; {base}/{{pod}; WS_URL_TEMPLATE must make a URL",
                "wss://h; ''; WS_URL_TEMPLATE must hold {pod}",
                "https://h; {base}/{pod}; VOICE_AGENT_BASE_URL must be ws:// or wss://",
                "''; {base}/{pod}; VOICE_AGENT_BASE_URL must be",
                "wss://h?x=1; {base}/{pod}; VOICE_AGENT_BASE_URL must be",
                "wss://a b; {base}/{pod}; VOICE_AGENT_BASE_URL must be",
                "wss:h; {base}/{pod}; VOICE_AGENT_BASE_URL must be",
            })
    void aSettingThatMakesNoUrlIsRefusedInOneLine(String base, String template, String message) {
        assertThatThrownBy(() -> new StreamUrl(base, template))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message)
                .hasMessageNotContaining("\n");
    }

    @Test
    void dotsAreNoStepsThroughThePath() {
        assertThat(PathSegment.encode("..")).isEqualTo("%2E%2E");
        assertThat(PathSegment.encode("a..b")).isEqualTo("a..b");
    }
}
