package dev.smartrouter.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartrouter.CallSid;
import dev.smartrouter.MerchantId;
import dev.smartrouter.pool.Origin;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class StreamUrlProperties {
    private final StreamUrl urls =
            new StreamUrl("wss://h", "{base}/{pod}/{call_sid}/{merchant_id}/{provider}/{flow}/{template}");

    @Property
    void everyValueComesBackOutOfTheUrl(
            @ForAll("sids") String sid, @ForAll("merchants") String merchant, @ForAll("texts") String template) {
        var request = new CallRequest(
                new CallSid(sid),
                Optional.of(new MerchantId(merchant)),
                new Origin("twilio", "", template),
                Duration.ZERO);
        var url = URI.create(urls.onAnyPod(request).replace("{pod}", "agent-0"));
        assertThat(url.getRawQuery()).isNull();
        assertThat(url.getRawFragment()).isNull();
        var segments = Arrays.stream(url.getRawPath().split("/", -1))
                .map(StreamUrlProperties::decoded)
                .toList();
        assertThat(segments).isEqualTo(List.of("", "agent-0", sid, merchant, "twilio", "", template));
    }

    private static String decoded(String segment) {
        return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
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

    @Provide
    Arbitrary<String> merchants() {
        return Arbitraries.strings()
                .alpha()
                .numeric()
                .withChars("_-")
                .ofMinLength(1)
                .ofMaxLength(64);
    }

    /** Anything that UTF-8 can write. */
    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings()
                .excludeChars('\uFFFE')
                .ofMaxLength(60)
                .filter(text -> StandardCharsets.UTF_8.newEncoder().canEncode(text));
    }
}
