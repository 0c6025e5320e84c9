package dev.smartrouter.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartrouter.call.RouterFixture;
import java.io.ByteArrayInputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** No input breaks a webhook, and whatever comes out is markup. */
class WebhookProperties {
    private final RouterFixture router = new RouterFixture();
    private final Webhook webhook = new Webhook(router.allocator, router.panics::add);

    WebhookProperties() {
        router.pools.pod("pool:gold", "voice-agent-0");
    }

    @Property
    void anyBytesAreAnswered(@ForAll byte[] body, @ForAll("queries") String query, @ForAll String template) {
        answered(query, body, template);
    }

    @Property
    void anyFieldsAreAnswered(
            @ForAll String sid, @ForAll String merchant, @ForAll("queries") String query, @ForAll String extra) {
        var form = "CallSid=" + encoded(sid) + "&CallUUID=" + sid + "&merchant_id=" + encoded(merchant) + "&" + extra;
        answered(query, form.getBytes(StandardCharsets.UTF_8), "");
    }

    @Property
    void anySidThatIsOneIsStreamed(@ForAll("sids") String sid) {
        router.pools.calls.clear();
        var form = ("CallSid=" + sid + "&CallUUID=" + sid).getBytes(StandardCharsets.UTF_8);
        for (var provider : new Provider[] {new Twilio(), new Plivo()}) {
            var answer = webhook.answer(provider, Fields.of(null, new ByteArrayInputStream(form)), "");
            assertThat((String) answer.getEntity()).contains("/ws/pod/voice-agent-0/" + sid);
        }
    }

    @Property
    void whatAFormWritesItReads(@ForAll Map<@net.jqwik.api.constraints.NotEmpty String, String> fields) {
        var text = new StringBuilder();
        fields.forEach((key, value) ->
                text.append('&').append(encoded(key)).append('=').append(encoded(value)));
        var read = Form.read(text.toString());
        fields.forEach((key, value) -> {
            if (writable(key) && writable(value)) assertThat(read).containsEntry(key, value);
        });
    }

    private void answered(@Nullable String query, byte[] body, String template) {
        for (var provider : new Provider[] {new Twilio(), new Plivo(), new Exotel()}) {
            var answer = webhook.answer(provider, Fields.of(query, new ByteArrayInputStream(body)), template);
            if (provider instanceof SpokenProvider) {
                assertThat(answer.getStatus()).isEqualTo(200);
                assertThat(Xml.parse((String) answer.getEntity()).getTagName()).isEqualTo("Response");
            } else {
                assertThat(answer.getStatus()).isIn(200, 400, 503);
            }
            provider.read(Fields.of(query, new ByteArrayInputStream(body)));
        }
        assertThat(router.panics).isEmpty();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static boolean writable(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    @Provide
    Arbitrary<String> queries() {
        var keys = Arbitraries.of("merchant_id", "reseller_id", "CallSid", "CallUUID", "flow", "template", "x");
        var values = Arbitraries.strings().ascii().ofMaxLength(20);
        return net.jqwik.api.Combinators.combine(keys, values)
                .as((key, value) -> key + "=" + value)
                .list()
                .ofMaxSize(4)
                .map(pairs -> String.join("&", pairs));
    }

    @Provide
    Arbitrary<String> sids() {
        return Arbitraries.strings()
                .alpha()
                .numeric()
                .withChars("._-")
                .ofMinLength(1)
                .ofMaxLength(128)
                .filter(sid -> !sid.equals(".") && !sid.equals(".."));
    }
}
