package dev.smartrouter.loadtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.smartrouter.simulator.provider.Answer;
import dev.smartrouter.simulator.provider.CarrierSettings.Signing;
import dev.smartrouter.simulator.provider.Telephony;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CallsTest {
    private static final Duration MEDIAN = Duration.ofSeconds(2);
    private final Calls calls = new Calls(
            new Signing(URI.create("https://r.example"), Optional.of("t"), Optional.of("p"), Optional.of("e")), MEDIAN);

    private List<Call> some(int number) {
        return Stream.generate(() -> (Call) calls.next().get(Call.KEY))
                .limit(number)
                .toList();
    }

    @Test
    void allThreeProvidersCallForEveryKindOfMerchantAndEndInEveryWay() {
        var combinations = some(36).stream()
                .map(call -> call.provider() + call.plan().merchant() + call.ending())
                .distinct();
        assertThat(combinations).hasSize(36);
    }

    @Test
    void everyCallIsAnotherAndSignedAsItsProviderSigns() {
        var some = some(300);
        assertThat(some).extracting(Call::sid).doesNotHaveDuplicates().allMatch(sid -> sid.startsWith(calls.run()));
        assertThat(some)
                .allSatisfy(call -> assertThat(call.webhook().toString())
                        .contains(
                                switch (call.plan().telephony()) {
                                    case TWILIO -> "X-Twilio-Signature";
                                    case PLIVO -> "X-Plivo-Signature-V3";
                                    case EXOTEL -> "auth_token=e";
                                }));
    }

    @Test
    void halfOfTheCallsAreShorterThanTheMedianAndOneInTwentyLongerThanThreeOfIt() {
        var lengths = some(20_000).stream()
                .mapToLong(call -> call.talks().toMillis())
                .sorted()
                .toArray();
        assertThat(lengths[10_000] / 2_000.0).isCloseTo(1, within(0.06));
        assertThat(lengths[19_000] / 6_000.0).isCloseTo(1, within(0.12));
        var mean = Arrays.stream(lengths).average().orElseThrow();
        assertThat(mean / 1_000).isCloseTo(Calls.erlangs(1, MEDIAN), within(0.15));
    }

    @Test
    void anAnswerOfAnotherCallIsUnusable() {
        var twilio = some(3).stream()
                .filter(call -> call.plan().telephony() == Telephony.TWILIO)
                .findFirst()
                .orElseThrow();
        var markup = "<Response><Connect><Stream url=\"wss://a/ws/pod/agent-1/%s\"/></Connect></Response>";
        assertThat(twilio.letters().read(twilio.sid(), 200, "application/xml", markup.formatted(twilio.sid())))
                .isInstanceOfSatisfying(
                        Answer.Stream.class, stream -> assertThat(stream.pod()).isEqualTo("agent-1"));
        assertThat(twilio.letters().read(twilio.sid(), 200, "application/xml", markup.formatted("CA1")))
                .isInstanceOf(Answer.Unusable.class);
    }
}
