package dev.smartrouter.simulator.provider;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.smartrouter.simulator.provider.CarrierSettings.MediaBounds;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Many calls with audio both ways, and the agents' echo, in one JVM: are frames on time once it is warm? */
class MediaLoadIT {
    private static final double BUSY = 1.5 * Runtime.getRuntime().availableProcessors();

    @ParameterizedTest
    @CsvSource({"200,20", "500,100"})
    void framesAreOnTime(int calls, int millis) throws Exception {
        var load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        assumeThat(load)
                .as("others keep this machine busy, so it tells nothing")
                .isLessThan(BUSY);
        try (var agent = EchoAgent.started();
                var router = new FakeRouter(
                        (telephony, sid, ask) -> FakeRouter.stream(telephony, agent.uri("voice-agent-1", sid)))) {
            talk(router, calls, ofMillis(millis));
            var lateness = talk(router, calls, ofMillis(millis));
            assertThat(lateness.count()).isGreaterThan(calls * 5_000L / 200);
            assertThat(lateness.quantile(0.99)).isLessThan(ofMillis(40));
        }
    }

    /** @return how late frames were */
    private static Spread talk(FakeRouter router, int calls, Duration frame) {
        var notes = new Notes();
        try (var arrivals = Executors.newSingleThreadScheduledExecutor();
                var carriers = new Carriers(
                        CarrierSettings.of(router.uri())
                                .withMedia(MediaBounds.defaults().withFrame(frame)),
                        notes)) {
            for (var i = 0; i < calls; i++) {
                var telephony = i % 10 == 0 ? Telephony.EXOTEL : Telephony.values()[i % 2];
                var plan = Plans.talking(Plans.talks("CA" + i, telephony), ofSeconds(6));
                var unused = arrivals.schedule(() -> carriers.place(plan), i * 5L, TimeUnit.MILLISECONDS);
            }
            await().atMost(ofSeconds(60)).until(() -> notes.ends.size() == calls);
            assertThat(notes.ends).extracting(CallWatch.Ended::why).containsOnly("hung up");
            System.out.printf(
                    "%d calls with frames of %d ms: %d sent, lateness p50 %.1f p99 %.1f ms, echo p50 %.1f p99 %.1f ms%n",
                    calls,
                    frame.toMillis(),
                    carriers.lateness().count(),
                    millis(carriers.lateness(), 0.5),
                    millis(carriers.lateness(), 0.99),
                    millis(carriers.echoes(), 0.5),
                    millis(carriers.echoes(), 0.99));
            return carriers.lateness();
        }
    }

    private static double millis(Spread spread, double share) {
        return spread.quantile(share).toNanos() / 1e6;
    }
}
