package dev.smartrouter.pool;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class SweeperTest {
    private final StoreFixture store = new InMemoryFixture().opened().pod("agent-0", StoreFixture.GOLD);
    private final Mirror mirror = new Mirror(() -> store.now().toEpochMilli() * 1_000_000);
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final Logger logger = (Logger) LoggerFactory.getLogger(Sweeper.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        lines.start();
        logger.setAdditive(false);
        logger.addAppender(lines);
    }

    @AfterEach
    void leave() {
        logger.detachAppender(lines);
        logger.setAdditive(true);
        scheduler.shutdownNow();
    }

    @Test
    void aCallThatNobodyReleasedIsALineWithAllThatIsKnownOfIt() {
        store.claimed("CA1");
        mirror.allocated(store.mirrored("CA1"));
        store.elapse(StoreFixture.CALL_TTL.minusSeconds(1));
        var sweeper = new Sweeper(store.upkeep(), mirror, Leadership.unelected(), Duration.ofSeconds(30), scheduler);
        sweeper.tick();
        assertThat(sweeper.ended()).isOne();
        assertThat(lines.list).singleElement().satisfies(line -> {
            assertThat(line.getMessage()).isEqualTo("call ended that nobody released");
            assertThat(line.getKeyValuePairs().stream()
                            .collect(Collectors.toMap(pair -> pair.key, pair -> String.valueOf(pair.value))))
                    .containsEntry("call_sid", "CA1")
                    .containsEntry("reason", "deadline")
                    .containsEntry("pod", "agent-0")
                    .containsEntry("pool", StoreFixture.GOLD.value())
                    .containsKeys("merchant", "provider", "duration_ms");
        });
    }

    @Test
    void whoDoesNotLeadSweepsNothing() {
        store.claimed("CA1");
        store.elapse(StoreFixture.CALL_TTL.minusSeconds(1));
        var follower = Leadership.unelected().whenever(() -> false);
        new Sweeper(store.upkeep(), mirror, follower, Duration.ofSeconds(30), scheduler).tick();
        assertThat(store.isLive("CA1")).isTrue();
    }
}
