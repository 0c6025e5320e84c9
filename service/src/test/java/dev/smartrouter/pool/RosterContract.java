package dev.smartrouter.pool;

import static dev.smartrouter.pool.StoreFixture.BASIC;
import static dev.smartrouter.pool.StoreFixture.GOLD;
import static dev.smartrouter.pool.StoreFixture.NOBODY;
import static dev.smartrouter.pool.StoreFixture.STANDARD;
import static dev.smartrouter.pool.StoreFixture.life;
import static dev.smartrouter.pool.StoreFixture.report;
import static org.assertj.core.api.Assertions.assertThat;

import dev.smartrouter.PodName;
import dev.smartrouter.pod.Incarnation;
import dev.smartrouter.pod.PodState;
import dev.smartrouter.pool.Written.Verdict;
import dev.smartrouter.tier.Mode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What every implementation of {@link Roster} does. */
interface RosterContract {
    PodName G0 = new PodName("g0");
    PodName B0 = new PodName("b0");

    /** Fresh, open, without pods. */
    StoreFixture store();

    @Test
    default void everyTokenIsLargerThanAllBefore() {
        var roster = store().roster();
        var first = roster.lead(0);
        assertThat(roster.lead(0)).isGreaterThan(first);
        assertThat(roster.lead(first + 1_000_000)).isGreaterThan(first + 1_000_000);
    }

    @Test
    default void aTokenIsNotSmallerThanTheTimeSoThatItOutlivesALoss() {
        var store = store();
        assertThat(store.roster().lead(0))
                .isGreaterThanOrEqualTo(store.now().minusSeconds(5).toEpochMilli());
    }

    @Test
    default void aDeposedLeadersWritesAreRefused() {
        var store = store().pod("g0", GOLD);
        var roster = store.roster();
        var deposed = OptionalLong.of(roster.lead(0));
        var leader = OptionalLong.of(roster.lead(0));
        assertThat(roster.register(leader, report("g0", GOLD)).verdict()).isEqualTo(Verdict.DONE);
        assertThat(roster.register(deposed, report("g1", GOLD)).verdict()).isEqualTo(Verdict.FENCED);
        assertThat(roster.remove(deposed, G0, life(0)).verdict()).isEqualTo(Verdict.FENCED);
        assertThat(roster.move(deposed, G0, GOLD, STANDARD, false).verdict()).isEqualTo(Verdict.FENCED);
        assertThat(roster.retype(deposed, GOLD, Mode.SHARED).verdict()).isEqualTo(Verdict.FENCED);
        assertThat(store.pod("g0").pool()).isEqualTo(GOLD);
    }

    /** Also by a store that has lost the largest token it had seen. */
    @Test
    default void aWriteOutsideAnyTermIsRefused() {
        var store = store().pod("g0", GOLD);
        var roster = store.roster();
        var none = Leadership.BETWEEN_TERMS;
        assertThat(roster.register(none, report("g1", GOLD)).verdict()).isEqualTo(Verdict.FENCED);
        assertThat(roster.remove(none, G0, life(0)).verdict()).isEqualTo(Verdict.FENCED);
        assertThat(roster.move(none, G0, GOLD, STANDARD, false).verdict()).isEqualTo(Verdict.FENCED);
        assertThat(roster.retype(none, GOLD, Mode.SHARED).verdict()).isEqualTo(Verdict.FENCED);
        assertThat(store.pod("g0").pool()).isEqualTo(GOLD);
    }

    @Test
    default void aNewPodJoinsThePoolAndAKnownOneKeepsItsOwn() {
        var store = store();
        var joined = store.roster().register(NOBODY, report("g0", GOLD));
        assertThat(joined).isEqualTo(new Written(Verdict.NEW, 0, Optional.of(GOLD)));
        var known = store.roster().register(NOBODY, report("g0", STANDARD));
        assertThat(known).isEqualTo(new Written(Verdict.DONE, 0, Optional.of(GOLD)));
    }

    @Test
    default void aNewLifeHasLostTheCallsAndTheDrainOfTheOld() {
        var store = store().pod("g0", GOLD);
        store.claimed("CA1");
        store.pools().drain(G0, Duration.ofMinutes(6));
        var written = store.roster().register(NOBODY, report("g0", GOLD, life(1), true));
        assertThat(written).isEqualTo(new Written(Verdict.REINCARNATED, 1, Optional.of(GOLD)));
        assertThat(store.isLive("CA1")).isFalse();
        assertThat(store.claimed("CA2").pod()).isEqualTo(G0);
    }

    @Test
    default void whatIsSaidOfAnEarlierLifeIsStale() {
        var store = store();
        store.roster().register(NOBODY, report("g0", GOLD, life(2), true));
        store.claimed("CA1");
        assertThat(store.roster()
                        .register(NOBODY, report("g0", GOLD, life(1), false))
                        .verdict())
                .isEqualTo(Verdict.STALE);
        assertThat(store.roster().remove(NOBODY, G0, life(1)).verdict()).isEqualTo(Verdict.STALE);
        assertThat(store.isLive("CA1")).isTrue();
    }

    @Test
    default void ofTwoLivesOfOneNumberTheListedOneCounts() {
        var store = store().pod("g0", GOLD);
        var twin = new Incarnation("other/0", life(0).number());
        var event = report("g0", GOLD, twin, true);
        assertThat(store.roster().register(NOBODY, event).verdict()).isEqualTo(Verdict.STALE);
        var listed =
                new PodReport(G0, twin, event.started(), true, false, GOLD, Optional.empty(), true, event.metadata());
        assertThat(store.roster().register(NOBODY, listed).verdict()).isEqualTo(Verdict.REINCARNATED);
    }

    @Test
    default void aPodThatIsNotReadyKeepsItsCallsAndTakesNone() {
        var store = store().pod("b0", BASIC);
        store.claimed("CA1");
        store.roster().register(NOBODY, report("b0", BASIC, life(0), false));
        assertThat(store.claim("CA1")).isInstanceOf(Claim.Held.class);
        assertThat(store.claim("CA2")).isInstanceOf(Claim.Full.class);
        store.release("CA1");
        assertThat(store.pod("b0").state()).isEqualTo(PodState.UNAVAILABLE);
        store.roster().register(NOBODY, report("b0", BASIC, life(0), true));
        assertThat(store.claim("CA2")).isInstanceOf(Claim.Claimed.class);
    }

    @Test
    default void aTerminatingPodDrainsForGood() {
        var store = store();
        store.roster().register(NOBODY, terminating("b0"));
        assertThat(store.pod("b0").state()).isEqualTo(PodState.DRAINING);
        store.pools().undrain(B0);
        store.elapse(Duration.ofMinutes(7));
        store.audit();
        assertThat(store.claim("CA1")).isInstanceOf(Claim.Full.class);
    }

    private static PodReport terminating(String name) {
        return new PodReport(
                new PodName(name), life(0), Instant.EPOCH, true, true, BASIC, Optional.empty(), false, "{}");
    }

    @Test
    default void aPodInQuarantineServesWhenItEndsOrAnOperatorEndsIt() {
        var store = store();
        var until = Optional.of(store.now().plus(Duration.ofMinutes(15)));
        for (var name : new String[] {"g0", "g1"}) {
            store.roster()
                    .register(
                            NOBODY,
                            new PodReport(
                                    new PodName(name), life(0), Instant.EPOCH, true, false, GOLD, until, false, "{}"));
        }
        assertThat(store.claim("CA1")).isInstanceOf(Claim.Full.class);
        store.pools().undrain(G0);
        assertThat(store.claimed("CA1").pod()).isEqualTo(G0);
        store.roster().register(NOBODY, report("g1", GOLD));
        assertThat(store.claim("CA2")).isInstanceOf(Claim.Full.class);
        store.elapse(Duration.ofMinutes(16));
        store.audit();
        assertThat(store.claimed("CA2").pod()).isEqualTo(new PodName("g1"));
    }

    @Test
    default void aRemovedPodTakesItsCallsAlong() {
        var store = store().pod("g0", GOLD);
        store.claimed("CA1");
        assertThat(store.roster().remove(NOBODY, G0, life(0)))
                .isEqualTo(new Written(Verdict.DONE, 1, Optional.empty()));
        assertThat(store.isLive("CA1")).isFalse();
        assertThat(store.pools().findPod(G0)).isEmpty();
        assertThat(store.upkeep().members()).isEmpty();
        assertThat(store.roster().remove(NOBODY, G0, life(0)).verdict()).isEqualTo(Verdict.NOT_FOUND);
    }

    @Test
    default void anIdlePodMovesFromWhereItIs() {
        var store = store().pod("g0", GOLD);
        assertThat(store.roster().move(NOBODY, G0, STANDARD, BASIC, false).verdict())
                .isEqualTo(Verdict.STALE);
        assertThat(store.roster().move(NOBODY, G0, GOLD, STANDARD, false).verdict())
                .isEqualTo(Verdict.DONE);
        assertThat(store.claimed("CA1").source()).isEqualTo(STANDARD);
        assertThat(store.roster().move(NOBODY, B0, GOLD, STANDARD, false).verdict())
                .isEqualTo(Verdict.NOT_FOUND);
    }

    @Test
    default void aBusyPodMovesOnlyByForceAndKeepsItsCall() {
        var store = store().pod("g0", GOLD);
        store.claimed("CA1");
        assertThat(store.roster().move(NOBODY, G0, GOLD, STANDARD, false).verdict())
                .isEqualTo(Verdict.BUSY);
        assertThat(store.roster().move(NOBODY, G0, GOLD, STANDARD, true).verdict())
                .isEqualTo(Verdict.DONE);
        assertThat(store.claim("CA1")).isInstanceOf(Claim.Held.class);
        assertThat(store.claim("CA2")).isInstanceOf(Claim.Full.class);
    }

    @Test
    default void aPodWithTwoCallsBecomesExclusiveNeitherByMoveNorByRetype() {
        var store = store().pod("b0", BASIC);
        store.claimed("CA1");
        store.claimed("CA2");
        assertThat(store.roster().move(NOBODY, B0, BASIC, GOLD, true).verdict()).isEqualTo(Verdict.BUSY);
        assertThat(store.roster().retype(NOBODY, BASIC, Mode.EXCLUSIVE).verdict())
                .isEqualTo(Verdict.BUSY);
        store.release("CA1");
        assertThat(store.roster().retype(NOBODY, BASIC, Mode.EXCLUSIVE).verdict())
                .isEqualTo(Verdict.DONE);
        assertThat(store.claim("CA3")).isInstanceOf(Claim.Full.class);
        store.release("CA2");
        assertThat(store.claimed("CA3").pod()).isEqualTo(B0);
    }

    @Test
    default void aRetypedPoolServesByItsNewMode() {
        var store = store().pod("b0", BASIC);
        store.roster().retype(NOBODY, BASIC, Mode.EXCLUSIVE);
        store.claimed("CA1");
        assertThat(store.claim("CA2")).isInstanceOf(Claim.Full.class);
        store.roster().retype(NOBODY, BASIC, Mode.SHARED);
        assertThat(store.claimed("CA2").pod()).isEqualTo(B0);
    }
}
