package dev.smartrouter.pool;

import static dev.smartrouter.pool.StoreFixture.BASIC;
import static dev.smartrouter.pool.StoreFixture.GOLD;
import static dev.smartrouter.pool.StoreFixture.NOBODY;
import static dev.smartrouter.pool.StoreFixture.life;
import static dev.smartrouter.pool.StoreFixture.report;
import static org.assertj.core.api.Assertions.assertThat;

import dev.smartrouter.CallSid;
import dev.smartrouter.PodName;
import dev.smartrouter.pool.Recovery.Restored;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What every implementation of {@link Recovery} does. */
interface RecoveryContract {
    /** Fresh, open, without pods. */
    StoreFixture store();

    @Test
    default void aBeatTellsOfTheGateAndOfWhoLives() {
        var store = store();
        store.recovery().beat("r1");
        store.elapse(Duration.ofSeconds(20));
        assertThat(store.recovery().beat("r2").routers()).contains("r1", "r2");
        assertThat(store.recovery().beat("r2").gen()).contains("gen");
        store.elapse(Duration.ofSeconds(15));
        assertThat(store.recovery().beat("r2").routers()).contains("r2").doesNotContain("r1");
        store.flush();
        assertThat(store.recovery().beat("r2").gen()).isEmpty();
    }

    @Test
    default void allRoutersJoinOneRoundAndHearWhoHasReplayed() {
        var store = store();
        assertThat(store.recovery().begin()).isEmpty();
        store.flush();
        var round = store.recovery().begin().orElseThrow();
        assertThat(round.cause()).isEqualTo(Recovery.Cause.EMPTY);
        assertThat(store.recovery().ack(round, "r1", false)).isTrue();
        assertThat(store.recovery().ack(round, "r2", true)).isTrue();
        var joined = store.recovery().begin().orElseThrow();
        assertThat(joined.id()).isEqualTo(round.id());
        assertThat(joined.acked()).containsExactlyInAnyOrder("r1", "r2");
        assertThat(joined.remembered()).isTrue();
    }

    @Test
    default void aRoundThatIsOverOpensNothing() {
        var store = store();
        store.flush();
        var round = store.recovery().begin().orElseThrow();
        assertThat(store.recovery().open(NOBODY, "gen2", round)).isTrue();
        assertThat(store.recovery().open(NOBODY, "gen3", round)).isFalse();
        assertThat(store.recovery().open(NOBODY, "gen2", round))
                .as("who opened it and did not hear so")
                .isTrue();
        assertThat(store.recovery().ack(round, "r1", true)).isFalse();
        assertThat(store.recovery().beat("r1").gen()).contains("gen2");
    }

    @Test
    default void aDeposedLeaderOpensNothing() {
        var store = store();
        store.flush();
        var deposed = store.roster().lead(0);
        store.roster().register(OptionalLong.of(store.roster().lead(0)), report("g0", GOLD));
        var round = store.recovery().begin().orElseThrow();
        assertThat(store.recovery().open(OptionalLong.of(deposed), "gen2", round))
                .isFalse();
    }

    @Test
    default void aCallThatAMirrorHoldsComesBackToItsPod() {
        var store = store().pod("g0", GOLD);
        var allocation = store.claimed("CA1");
        var mirrored = store.mirrored("CA1");
        store.flush();
        store.pod("g0", GOLD);
        assertThat(store.recovery().restore(mirrored, false)).isEqualTo(Restored.RESTORED);
        assertThat(store.recovery().restore(mirrored, false)).isEqualTo(Restored.PRESENT);
        store.opened();
        assertThat(store.claim("CA1")).isInstanceOfSatisfying(Claim.Held.class, held -> {
            assertThat(held.allocation().wsUrl()).isEqualTo(allocation.wsUrl());
            assertThat(held.allocation().restored()).isTrue();
        });
        assertThat(store.claim("CA2")).isInstanceOf(Claim.Full.class);
    }

    @Test
    default void aPodOfWhichOnlyItsCallTellsTakesNoOtherUntilTheClusterSaysItIsReady() {
        var store = store().pod("b0", BASIC);
        store.claimed("CA1");
        var mirrored = store.mirrored("CA1");
        store.flush();
        store.recovery().restore(mirrored, false);
        store.opened();
        assertThat(store.claim("CA2")).isInstanceOf(Claim.Full.class);
        store.pod("b0", BASIC);
        assertThat(store.claim("CA2")).isInstanceOf(Claim.Claimed.class);
        assertThat(store.pod("b0").calls()).hasSize(2);
    }

    @Test
    default void aLiveCallIsNeverRefusedForWantOfRoom() {
        var store = store().pod("g0", GOLD);
        store.claimed("CA1");
        var mirrored = store.mirrored("CA1");
        store.release("CA1");
        store.claimed("CA2");
        store.elapse(Duration.ofSeconds(130)); // the tombstone is gone: for all the store knows the call lives
        assertThat(store.recovery().restore(mirrored, false)).isEqualTo(Restored.RESTORED);
        assertThat(store.pod("g0").calls()).hasSize(2);
        store.release("CA2");
        assertThat(store.claim("CA3")).isInstanceOf(Claim.Full.class);
    }

    @Test
    default void aCallThatEndedSinceStaysEnded() {
        var store = store().pod("g0", GOLD);
        store.claimed("CA1");
        var mirrored = store.mirrored("CA1");
        store.flush();
        store.pod("g0", GOLD);
        store.release("CA1");
        assertThat(store.recovery().restore(mirrored, false)).isEqualTo(Restored.ENDED);
        assertThat(store.isLive("CA1")).isFalse();
    }

    @Test
    default void theLaterOfTwoCallsOfOneSidStands() {
        var store = store().pod("g0", GOLD).pod("g1", GOLD);
        store.claimed("CA1");
        var earlier = store.mirrored("CA1");
        store.release("CA1");
        store.elapse(Duration.ofSeconds(1));
        store.claimed("CA1");
        var later = store.mirrored("CA1");
        store.flush();
        store.pod("g0", GOLD).pod("g1", GOLD);
        assertThat(store.recovery().restore(earlier, false)).isEqualTo(Restored.RESTORED);
        assertThat(store.recovery().restore(later, false)).isEqualTo(Restored.RESTORED);
        assertThat(store.recovery().restore(earlier, false)).isEqualTo(Restored.PRESENT);
        assertThat(store.mirrored("CA1").record().get("allocated_at"))
                .isEqualTo(later.record().get("allocated_at"));
        assertThat(store.pod("g0").calls().size() + store.pod("g1").calls().size())
                .isEqualTo(1);
    }

    @Test
    default void anEndThatIsReplayedSparesTheCallThatTookTheSidSince() {
        var store = store().pod("g0", GOLD);
        store.claimed("CA1");
        store.release("CA1");
        var endedAt = store.now();
        store.elapse(Duration.ofSeconds(1));
        store.claimed("CA1");
        var live = store.mirrored("CA1");
        assertThat(store.recovery().end(new CallSid("CA1"), endedAt)).isFalse();
        assertThat(store.isLive("CA1")).isTrue();
        store.flush();
        store.pod("g0", GOLD);
        assertThat(store.recovery().end(new CallSid("CA1"), endedAt)).isFalse();
        assertThat(store.recovery().restore(live, false)).isEqualTo(Restored.RESTORED);
        assertThat(store.recovery().end(new CallSid("CA1"), store.now())).isTrue();
        assertThat(store.isLive("CA1")).isFalse();
    }

    @Test
    default void aCallOfAnEarlierLifeDoesNotComeBack() {
        var store = store().pod("g0", GOLD);
        store.claimed("CA1");
        var mirrored = store.mirrored("CA1");
        store.flush();
        store.roster().register(NOBODY, report("g0", GOLD, life(1), true));
        assertThat(store.recovery().restore(mirrored, false)).isEqualTo(Restored.STALE);
        assertThat(store.isLive("CA1")).isFalse();
    }

    @Test
    default void aCallOfALaterLifeEndsWhatTheStoreStillHasOfTheEarlier() {
        var store = store().pod("g0", GOLD);
        store.claimed("CA1");
        var mirrored = store.mirrored("CA1");
        var record = new HashMap<>(mirrored.record());
        record.put("pod_inc", life(1).id());
        var later = new MirroredCall(
                new CallSid("CA2"), mirrored.pod(), life(1), mirrored.pool(), mirrored.deadline(), record);
        assertThat(store.recovery().restore(later, false)).isEqualTo(Restored.RESTORED);
        assertThat(store.isLive("CA1")).isFalse();
        assertThat(store.pod("g0").incarnation()).isEqualTo(life(1));
        assertThat(store.pod("g0").calls()).containsExactly(new CallSid("CA2"));
    }

    @Test
    default void aCallThatCameBackStaysFourHoursAtMost() {
        var store = store().pod("g0", GOLD);
        store.claimed("CA1");
        var mirrored = store.mirrored("CA1");
        store.flush();
        var forDays = new MirroredCall(
                mirrored.call(),
                new PodName("g0"),
                mirrored.incarnation(),
                GOLD,
                store.now().plus(Duration.ofDays(2)),
                mirrored.record());
        store.recovery().restore(forDays, true);
        assertThat(store.mirrored("CA1").deadline())
                .isBetween(store.now().plus(Duration.ofHours(3)), store.now().plus(Duration.ofHours(4)));
    }

    @Test
    default void liveCallsAreListedByTheirDeadlines() {
        var store = store().pod("g0", GOLD).pod("g1", GOLD).pod("b0", BASIC);
        for (int i = 1; i <= 3; i++) {
            store.claimed("CA" + i);
            store.elapse(Duration.ofSeconds(1));
        }
        var page = store.recovery().expiring(Instant.EPOCH, 10);
        assertThat(page.gen()).contains("gen");
        assertThat(page.entries())
                .extracting(Recovery.Entry::call)
                .containsExactly(new CallSid("CA1"), new CallSid("CA2"), new CallSid("CA3"));
        assertThat(store.recovery()
                        .expiring(page.entries().get(1).deadline(), 1)
                        .entries())
                .containsExactly(page.entries().get(1));
        assertThat(store.recovery().fetch(List.of(new CallSid("CA3"), new CallSid("CA9"))))
                .singleElement()
                .satisfies(call -> assertThat(call.incarnation()).isEqualTo(life(0)));
    }
}
