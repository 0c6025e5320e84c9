package dev.smartrouter.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.smartrouter.call.RouterFixture;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A webhook's query, up to the first line feed, and its body are answered: by XML that holds our own sentences or the URL of
 * our own pod, and nothing of the input but a call's name.
 */
class WebhookFuzzTest {
    private static final List<Provider> PROVIDERS = List.of(new Twilio(), new Plivo(), new Exotel());
    private static final Pattern URL =
            Pattern.compile("wss://voice\\.example\\.com/ws/pod/voice-agent-0/[A-Za-z0-9._-]{1,128}");

    @FuzzTest
    void isAnsweredWithNothingOfTheInput(byte[] bytes) {
        var text = new String(bytes, StandardCharsets.ISO_8859_1);
        var end = text.indexOf('\n');
        var query = end < 0 ? null : text.substring(0, end);
        var body = Arrays.copyOfRange(bytes, end + 1, bytes.length);
        for (var provider : PROVIDERS) {
            var router = new RouterFixture();
            router.pools.pod("pool:gold", "voice-agent-0");
            var webhook = new Webhook(router.allocator, router.panics::add);
            var answer = webhook.answer(provider, Fields.of(query, new ByteArrayInputStream(body)), "template");
            if (provider instanceof SpokenProvider) assertOurs(answer);
            else assertThat(answer.getStatus()).isIn(200, 400);
            assertThat(provider.read(Fields.of(query, new ByteArrayInputStream(body))))
                    .isNotNull();
            assertThat(router.panics).isEmpty();
        }
    }

    private static void assertOurs(Response answer) {
        assertThat(answer.getStatus()).isEqualTo(200);
        var document = Xml.parse((String) answer.getEntity());
        assertThat(document.getTagName()).isEqualTo("Response");
        var stream = document.getElementsByTagName("Stream").item(0);
        if (stream == null) {
            assertThat(document.getTextContent()).isEqualTo(Apology.TROUBLE.text());
        } else {
            var url = stream.getAttributes().getNamedItem("url");
            assertThat(url == null ? stream.getTextContent() : url.getNodeValue())
                    .matches(URL);
        }
    }
}
