package dev.smartrouter.simulator.provider;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.smartrouter.simulator.provider.CarrierSettings.MediaBounds;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Many calls with audio both ways, and the agents' echo, in one JVM: are frames on time? */
class MediaLoadIT {
    @ParameterizedTest
    @CsvSource({"200,20", "500,100"})
    void framesAreOnTime(int calls, int millis) throws Exception {
        var notes = new Notes();
        try (var agent = EchoAgent.started();
                var router = new FakeRouter(
                        (telephony, sid, ask) -> FakeRouter.stream(telephony, agent.uri("voice-agent-1", sid)));
                var carriers = new Carriers(settings(router, ofMillis(millis)), notes)) {
            for (var i = 0; i < calls; i++) {
                var telephony = i % 10 == 0 ? Telephony.EXOTEL : Telephony.values()[i % 2];
                carriers.place(Plans.talking(Plans.talks("CA" + i, telephony), ofSeconds(8)));
            }
            await().atMost(ofSeconds(30)).until(() -> notes.ends.size() + carriers.live() >= calls);
            assertThat(carriers.awaitQuiet(ofSeconds(60))).isTrue();
            System.out.printf(
                    "%d calls with frames of %d ms: %d sent, lateness p50 %.1f p99 %.1f ms, echo p50 %.1f p99 %.1f ms%n",
                    calls,
                    millis,
                    carriers.lateness().count(),
                    ms(carriers.lateness(), 0.5),
                    ms(carriers.lateness(), 0.99),
                    ms(carriers.echoes(), 0.5),
                    ms(carriers.echoes(), 0.99));
            assertThat(notes.ends)
                    .hasSize(calls)
                    .allSatisfy(how -> assertThat(how.complete()).as(how.why()).isTrue());
            assertThat(carriers.lateness().quantile(0.99)).isLessThan(ofMillis(40));
        }
    }

    private static double ms(Spread spread, double share) {
        return spread.quantile(share).toNanos() / 1e6;
    }

    private static CarrierSettings settings(FakeRouter router, Duration frame) {
        return CarrierSettings.of(router.uri()).withMedia(MediaBounds.defaults().withFrame(frame));
    }
}
