package dev.smartrouter.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AuditorTest {
    private static final Duration EVERY = Duration.ofSeconds(5);

    private final StoreFixture store = new InMemoryFixture().opened().pod("g0", StoreFixture.GOLD);
    private final AtomicLong nanos = new AtomicLong();
    private final ScheduledExecutorService unused = Executors.newSingleThreadScheduledExecutor();
    private boolean leads = true;
    private final Leadership leadership = new Leadership() {
        @Override
        public boolean leads() {
            return leads;
        }

        @Override
        public OptionalLong token() {
            return StoreFixture.NOBODY;
        }
    };
    private final Auditor auditor = new Auditor(store.upkeep(), leadership, EVERY, nanos::get, unused);

    @AfterEach
    void close() {
        unused.shutdownNow();
    }

    @Test
    void aRoundIsDueAtOnceAndThenAtItsTime() {
        auditor.tick();
        assertThat(auditor.fleet()).hasSize(1);
        store.pod("g1", StoreFixture.GOLD);
        auditor.tick();
        assertThat(auditor.fleet()).hasSize(1);
        nanos.addAndGet(EVERY.toNanos());
        auditor.tick();
        assertThat(auditor.fleet()).hasSize(2);
    }

    @Test
    void aTurnLooksAtAHundredPodsAndTheFleetIsKnownWhenAllWereSeen() {
        for (int i = 1; i <= 100; i++) store.pod("g" + i, StoreFixture.GOLD);
        auditor.tick();
        assertThat(auditor.fleet()).isEmpty();
        auditor.tick();
        assertThat(auditor.fleet()).hasSize(101);
    }

    @Test
    void aRoundAtOnceSeesEveryPodHoweverManyThereAre() {
        for (int i = 1; i <= 250; i++) store.pod("g" + i, StoreFixture.GOLD);
        auditor.round();
        assertThat(auditor.fleet()).hasSize(251);
    }

    @Test
    void aRoundThatWasBrokenOffBeginsAnew() {
        for (int i = 1; i <= 150; i++) store.pod("g" + i, StoreFixture.GOLD);
        auditor.tick();
        auditor.round();
        assertThat(auditor.fleet()).hasSize(151).doesNotHaveDuplicates();
    }

    /** Else its figures would stand still for as long as the process lives, beside the new leader's. */
    @Test
    void aReplicaThatNoLongerLeadsKnowsNoFleet() {
        auditor.tick();
        leads = false;
        auditor.tick();
        assertThat(auditor.fleet()).isEmpty();
        leads = true;
        nanos.addAndGet(EVERY.toNanos());
        auditor.tick();
        assertThat(auditor.fleet()).hasSize(1);
    }
}
