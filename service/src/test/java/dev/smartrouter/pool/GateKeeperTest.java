package dev.smartrouter.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartrouter.CallSid;
import dev.smartrouter.pool.Recovery.Cause;
import dev.smartrouter.pool.Recovery.Round;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** Two routers and a store that forgets, on a clock that stands still. */
class GateKeeperTest {
    private static final Duration ROLL_CALL = Duration.ofMillis(1_200);

    private final StoreFixture store = new InMemoryFixture().opened().pod("agent-0", StoreFixture.GOLD);
    private final Elected elected = new Elected();
    private final Router one = new Router("r1", elected);
    private final Router two = new Router("r2", new Elected().not());

    @Test
    void aLiveCallComesBackBeforeTheGateOpens() {
        store.claimed("CA1");
        beatAll();
        store.flush();
        one.tick();
        assertThat(isOpen()).as("two has not replayed yet").isFalse();
        assertThat(store.isLive("CA1")).isTrue();
        two.tick();
        store.elapse(ROLL_CALL);
        one.tick();
        assertThat(isOpen()).isTrue();
        assertThat(one.refilled).containsExactly(Cause.EMPTY);
        assertThat(two.refilled).as("only who leads refills").isEmpty();
        assertThat(one.vouched)
                .singleElement()
                .satisfies(round -> assertThat(round.remembered()).isTrue());
    }

    @Test
    void aRouterThatIsGoneIsAwaitedForTheRecoveryWaitAndNoLonger() {
        beatAll();
        store.flush();
        one.tick();
        store.elapse(Duration.ofSeconds(9));
        one.tick();
        assertThat(isOpen()).isFalse();
        store.elapse(Duration.ofSeconds(1));
        one.tick();
        assertThat(isOpen()).isTrue();
    }

    @Test
    void whoDoesNotLeadNeverOpens() {
        elected.not();
        beatAll();
        store.flush();
        for (int i = 0; i < 5; i++) {
            store.elapse(Duration.ofSeconds(5));
            beatAll();
        }
        assertThat(isOpen()).isFalse();
    }

    @Test
    void aLeaderElectedInMidRoundRefillsBeforeItOpens() {
        elected.not();
        beatAll();
        store.flush();
        beatAll();
        assertThat(one.refilled).isEmpty();
        elected.again();
        one.tick();
        assertThat(one.refilled).containsExactly(Cause.EMPTY);
        store.elapse(ROLL_CALL);
        one.tick();
        assertThat(isOpen()).isTrue();
    }

    @Test
    void aRouterThatTheLeaderHasNotHeardOfIsAwaitedForOneBeat() {
        one.tick();
        store.claimed("CA1");
        two.tick();
        store.flush(); // it takes along the only word of two
        one.tick();
        one.tick();
        assertThat(isOpen()).isFalse();
        store.elapse(Duration.ofSeconds(1));
        two.tick();
        assertThat(store.isLive("CA1")).isTrue();
        store.elapse(ROLL_CALL);
        one.tick();
        assertThat(isOpen()).isTrue();
    }

    @Test
    void routersAreAwaitedAlsoAfterTwoLossesInOneBeat() {
        store.claimed("CA1");
        beatAll();
        store.flush();
        one.tick();
        two.tick();
        store.elapse(ROLL_CALL);
        one.tick();
        assertThat(isOpen()).isTrue();
        store.flush();
        one.tick();
        store.elapse(ROLL_CALL);
        one.tick();
        assertThat(store.recovery().beat("r1").gen())
                .as("two has not replayed yet")
                .isEmpty();
        two.tick();
        one.tick();
        assertThat(isOpen()).isTrue();
    }

    @Test
    void aGateThatOthersOpenedWithoutThisRouterStillHearsWhatItRemembers() {
        store.claimed("CA1");
        beatAll();
        store.flush();
        store.elapse(Duration.ofSeconds(1));
        var round = store.recovery().begin().orElseThrow();
        store.recovery().open(OptionalLong.empty(), "another", round);
        one.tick();
        assertThat(store.isLive("CA1")).isTrue();
    }

    @Test
    void aCallThatEndedBeforeTheLossIsNotBroughtBackByWhoReleasedIt() {
        store.claimed("CA1");
        beatAll();
        store.release("CA1");
        one.mirror.released(new CallSid("CA1"), store.now());
        store.flush();
        one.tick();
        two.tick(); // remembers the call, but not its end
        store.elapse(ROLL_CALL);
        one.tick();
        assertThat(isOpen()).isTrue();
        assertThat(store.isLive("CA1")).isFalse();
    }

    private void beatAll() {
        one.tick();
        two.tick();
        store.elapse(Duration.ofSeconds(1));
    }

    private boolean isOpen() {
        return store.recovery().beat("r1").gen().isPresent();
    }

    private final class Router implements Refill {
        final Mirror mirror = new Mirror(() -> nanos());
        final List<Cause> refilled = new ArrayList<>();
        final List<Round> vouched = new ArrayList<>();
        private final GateKeeper keeper;

        Router(String name, Leadership leadership) {
            var replay = new Replay(store.recovery(), store.pools(), mirror, true);
            keeper = new GateKeeper(
                    store.recovery(),
                    new Gate(),
                    mirror,
                    replay,
                    this,
                    leadership,
                    name,
                    Duration.ofSeconds(10),
                    GateKeeperTest.this::nanos,
                    Executors.newSingleThreadScheduledExecutor());
        }

        void tick() {
            keeper.tick();
        }

        @Override
        public void remember() {}

        @Override
        public void learn() {}

        @Override
        public void refill(Cause cause) {
            refilled.add(cause);
        }

        @Override
        public void vouch(Round round, Instant closedSince, Instant now) {
            vouched.add(round);
        }

        @Override
        public void opened(String gen) {}
    }

    private long nanos() {
        return store.now().toEpochMilli() * 1_000_000;
    }

    private static final class Elected implements Leadership {
        private boolean leads = true;

        Elected not() {
            leads = false;
            return this;
        }

        void again() {
            leads = true;
        }

        @Override
        public boolean leads() {
            return leads;
        }

        @Override
        public OptionalLong token() {
            return OptionalLong.empty();
        }
    }
}
