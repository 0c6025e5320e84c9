package dev.smartrouter.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.smartrouter.CallSid;
import dev.smartrouter.MerchantId;
import dev.smartrouter.PodName;
import dev.smartrouter.PoolName;
import dev.smartrouter.call.AllocationResult;
import dev.smartrouter.call.CallRequest;
import dev.smartrouter.pool.Allocation;
import dev.smartrouter.pool.Claim;
import dev.smartrouter.pool.Origin;
import dev.smartrouter.pool.Release;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class CallJournalTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final CallSid CALL = new CallSid("CA1");
    private static final PoolName GOLD = new PoolName("pool:gold");
    private static final PoolName STANDARD = new PoolName("pool:standard");

    private static final Release.Ended ENDED = new Release.Ended("acme", "twilio", NOON.minusSeconds(90));

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final CallJournal journal = new CallJournal(new RouterMetrics(registry), Clock.fixed(NOON, ZoneOffset.UTC));
    private final Logger logger = (Logger) LoggerFactory.getLogger("dev.smartrouter.calls");
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        lines.start();
        logger.setLevel(Level.INFO);
        logger.setAdditive(false);
        logger.addAppender(lines);
    }

    @AfterEach
    void leave() {
        logger.detachAppender(lines);
        logger.setAdditive(true);
        logger.setLevel(null);
    }

    @Test
    void aCallIsOneLineWhenItGetsItsPodAndOneWhenItGivesItBack() {
        journal.allocated(request(), allocation());
        journal.released(
                CALL, new Release.Released(new PodName("agent-0"), GOLD, STANDARD, true, ENDED), "status_completed");
        assertThat(lines.list)
                .extracting(CallJournalTest::text)
                .containsExactly(
                        "call allocated {call_sid=CA1, pod=agent-0, pool=pool:gold, merchant=acme, provider=twilio}",
                        "call released {call_sid=CA1, pod=agent-0, pool=pool:standard, source_pool=pool:gold,"
                                + " reason=status_completed, was_draining=true, merchant=acme, provider=twilio,"
                                + " duration_ms=90000}");
        assertThat(count("allocations", "pool:gold", "success")).isOne();
        assertThat(count("releases", "pool:gold", "success")).isOne();
    }

    @Test
    void refusalsAreCountedByTheirCause() {
        journal.refused(request(), new AllocationResult.NoCapacity(List.of(GOLD, STANDARD)));
        journal.refused(request(), new AllocationResult.Recovering());
        journal.refused(request(), new AllocationResult.Unavailable());
        journal.refused(request(), new AllocationResult.Limited(Claim.Limit.MAX_CALLS));
        journal.replayed(request(), allocation());
        assertThat(count("allocations", "none", "max_calls")).isOne();
        assertThat(count("allocations", "pool:gold", "no_pods")).isOne();
        assertThat(count("allocations", "none", "recovering")).isOne();
        assertThat(count("allocations", "none", "unavailable")).isOne();
        assertThat(count("allocations", "pool:gold", "existing")).isOne();
        assertThat(text(lines.list.getFirst())).contains("reason=no_pods", "tried=[pool:gold, pool:standard]");
    }

    @Test
    void releasesOfNothingAreCountedAndNotShouted() {
        journal.releasedNothing(CALL, "again");
        journal.releaseLost(CALL, "redis");
        assertThat(count("releases", "none", "not_found")).isOne();
        assertThat(count("releases", "none", "unavailable")).isOne();
        assertThat(lines.list)
                .singleElement()
                .extracting(ILoggingEvent::getLevel)
                .isEqualTo(Level.WARN);
    }

    private static CallRequest request() {
        return new CallRequest(
                CALL, Optional.of(new MerchantId("acme")), new Origin("twilio", "", ""), Duration.ofSeconds(4));
    }

    private static Allocation allocation() {
        return new Allocation(
                CALL,
                new PodName("agent-0"),
                "uid/0",
                GOLD,
                "acme",
                NOON.minusSeconds(90),
                new Origin("twilio", "", ""),
                "",
                "wss://a.example/agent-0",
                false);
    }

    private static String text(ILoggingEvent event) {
        return event.getFormattedMessage() + " "
                + event.getKeyValuePairs().stream()
                        .map(pair -> pair.key + "=" + pair.value)
                        .collect(Collectors.joining(", ", "{", "}"));
    }

    private double count(String name, String pool, String status) {
        var wanted = Map.of("pool", pool, "status", status);
        return registry.scrape(("smart_router_" + name)::equals).stream()
                .flatMap(snapshot -> ((CounterSnapshot) snapshot).getDataPoints().stream())
                .filter(point -> point.getLabels().stream()
                        .allMatch(label -> label.getValue().equals(wanted.get(label.getName()))))
                .mapToDouble(CounterSnapshot.CounterDataPointSnapshot::getValue)
                .sum();
    }
}
