package dev.smartrouter.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartrouter.CallSid;
import dev.smartrouter.pool.Recovery.Cause;
import dev.smartrouter.pool.Recovery.Round;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

    @Test
    void whileTheGateIsOpenARouterBeatsOnceASecond() {
        one.gate.heard(true);
        store.elapse(Duration.ofSeconds(1));
        assertThat(one.keeper.lastHeard()).isEmpty();
        one.tick();
        var heard = store.now();
        store.elapse(Duration.ofMillis(999));
        one.tick();
        assertThat(one.keeper.lastHeard()).contains(heard);
        store.elapse(Duration.ofMillis(1));
        one.tick();
        assertThat(one.keeper.lastHeard()).contains(store.now());
    }

    @Test
    void whileTheGateIsClosedARouterBeatsAtEveryTurn() {
        one.tick();
        store.elapse(Duration.ofMillis(100));
        one.tick();
        assertThat(one.keeper.lastHeard()).contains(store.now());
    }

    @Test
    void whatTheStoreHoldsIsRememberedWhileItIsOpenAndLearntBeforeItIsRefilled() {
        beatAll();
        assertThat(one.told).containsExactly("remember");
        store.flush();
        one.tick();
        assertThat(one.told).containsExactly("remember", "learn", "refill");
        one.tick();
        assertThat(one.told).as("what it has put back itself teaches nothing").hasSize(3);
        two.tick();
        store.elapse(ROLL_CALL);
        one.tick();
        assertThat(one.told).containsExactly("remember", "learn", "refill", "vouch", "opened");
        assertThat(two.told).containsExactly("remember", "learn");
        assertThat(one.closedSince).containsExactly(store.now().minus(ROLL_CALL));
    }

    @Test
    void theRollIsCalledForItsWholeTime() {
        beatAll();
        store.flush();
        one.tick();
        two.tick();
        store.elapse(ROLL_CALL.minusMillis(1));
        one.tick();
        assertThat(isOpen()).isFalse();
        store.elapse(Duration.ofMillis(1));
        one.tick();
        assertThat(isOpen()).isTrue();
    }

    /** Nobody but the original has served calls of it, so nobody else can remember any. */
    @Test
    void aStoreOfTheOriginalsIsOpenedAtOnce() {
        store.flush();
        var upgrade = new Router("r1", elected, Cause.UPGRADE);
        upgrade.tick();
        assertThat(isOpen()).isTrue();
        assertThat(upgrade.refilled).containsExactly(Cause.UPGRADE);
    }

    @Test
    void aLeaderThatWasDeposedDuringTheRoundOpensNothing() {
        beatAll();
        store.flush();
        beatAll();
        elected.not();
        store.elapse(ROLL_CALL);
        one.tick();
        assertThat(isOpen()).isFalse();
        assertThat(one.told).doesNotContain("vouch", "opened");
    }

    @Test
    void whoseOpeningIsRefusedSaysNothingOfIt() {
        beatAll();
        store.flush();
        one.tick();
        two.tick();
        store.elapse(ROLL_CALL);
        one.atVouch = () -> store.recovery()
                .open(OptionalLong.empty(), "another", store.recovery().begin().orElseThrow());
        one.tick();
        assertThat(isOpen()).isTrue();
        assertThat(one.told).endsWith("vouch");
    }

    /** The store, which in memory never was the original's. */
    private Recovery closedFor(Cause cause) {
        return (Recovery) Proxy.newProxyInstance(
                Recovery.class.getClassLoader(), new Class<?>[] {Recovery.class}, (proxy, method, args) -> {
                    var answer = method.invoke(store.recovery(), args);
                    return method.getName().equals("begin")
                            ? ((Optional<?>) answer)
                                    .map(Round.class::cast)
                                    .map(round -> new Round(round.id(), cause, round.acked(), round.remembered()))
                            : answer;
                });
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
        final List<Instant> closedSince = new ArrayList<>();
        final List<String> told = new ArrayList<>();
        final Gate gate = new Gate();
        final GateKeeper keeper;
        Runnable atVouch = () -> {};

        Router(String name, Leadership leadership) {
            this(name, leadership, null);
        }

        /** @param cause what the store says that it closed for, instead of what it would say */
        Router(String name, Leadership leadership, Cause cause) {
            var recovery = cause == null ? store.recovery() : closedFor(cause);
            var replay = new Replay(recovery, store.pools(), mirror, true);
            keeper = new GateKeeper(
                    recovery,
                    gate,
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
        public void remember() {
            told.add("remember");
        }

        @Override
        public void learn() {
            told.add("learn");
        }

        @Override
        public void refill(Cause cause) {
            told.add("refill");
            refilled.add(cause);
        }

        @Override
        public void vouch(Round round, Instant closed, Instant now) {
            told.add("vouch");
            vouched.add(round);
            closedSince.add(closed);
            atVouch.run();
        }

        @Override
        public void opened(String gen) {
            told.add("opened");
        }
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
