package dev.smartrouter.pool;

import static dev.smartrouter.pool.StoreFixture.BASIC;
import static dev.smartrouter.pool.StoreFixture.GOLD;
import static dev.smartrouter.pool.StoreFixture.NOBODY;
import static dev.smartrouter.pool.StoreFixture.STANDARD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.smartrouter.CallSid;
import dev.smartrouter.MerchantId;
import dev.smartrouter.PodName;
import dev.smartrouter.PoolName;
import dev.smartrouter.pod.PodState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What every implementation of {@link Pools} does. */
interface PoolsContract {
    String ONE_CALL = "{\"max_calls\":1}";
    String TWO_CALLS = "{\"max_calls\":2}";

    /** Fresh, open, without pods. */
    StoreFixture store();

    @Test
    default void aCallGetsAPodOfTheFirstPoolThatHasOne() {
        var store = store().pod("s0", STANDARD).pod("g0", GOLD);
        var allocation = store.claimed("CA1");
        assertThat(allocation.pod()).isEqualTo(new PodName("g0"));
        assertThat(allocation.source()).isEqualTo(GOLD);
        assertThat(allocation.wsUrl()).isEqualTo("wss://agents/ws/pod/g0/CA1");
        assertThat(allocation.incarnation()).isEqualTo("uid/0");
        assertThat(allocation.origin()).isEqualTo(new Origin("twilio", "v2", "lead"));
        assertThat(allocation.restored()).isFalse();
        assertThat(store.claimed("CA2").pod()).isEqualTo(new PodName("s0"));
    }

    @Test
    default void aReplayKeepsItsPodAndItsUrl() {
        var store = store().pod("g0", GOLD).pod("g1", GOLD);
        var allocation = store.claimed("CA1");
        store.elapse(Duration.ofMinutes(5));
        assertThat(store.claim("CA1")).isEqualTo(new Claim.Held(allocation));
        assertThat(store.pools().findCall(new CallSid("CA1"))).contains(allocation);
    }

    @Test
    default void anExclusivePodServesOneCallAndTheNextHearsWhichPoolsWereTried() {
        var store = store().pod("g0", GOLD);
        store.claimed("CA1");
        assertThat(store.claim("CA2"))
                .isInstanceOfSatisfying(
                        Claim.Full.class,
                        full -> assertThat(full.tried()).contains("pool:gold", "pool:standard", "pool:basic"));
        assertThat(store.isLive("CA2")).isFalse();
    }

    @Test
    default void aSharedPodServesAsManyAsItsCapacityTheLeastBusyFirst() {
        var store = store().pod("b0", BASIC).pod("b1", BASIC);
        var first = store.claimed("CA1").pod();
        assertThat(store.claimed("CA2").pod()).isNotEqualTo(first);
        store.claimed("CA3");
        store.claimed("CA4");
        assertThat(store.claim("CA5")).isInstanceOf(Claim.Full.class);
        assertThat(store.pod("b0").calls()).hasSize(2);
    }

    @Test
    default void aReleasedPodServesAgain() {
        var store = store().pod("g0", GOLD);
        store.claimed("CA1");
        assertReleased(store, "g0", GOLD, GOLD, false);
        assertThat(store.claimed("CA2").pod()).isEqualTo(new PodName("g0"));
    }

    @Test
    default void aSecondReleaseFindsNothingAndFreesNothing() {
        var store = store().pod("g0", GOLD);
        store.claimed("CA1");
        store.release("CA1");
        store.claimed("CA2");
        assertThat(store.release("CA1")).isEqualTo(new Release.NotFound());
        assertThat(store.claim("CA3")).isInstanceOf(Claim.Full.class);
    }

    @Test
    default void aReleaseGivesThePodToThePoolThatItBelongsToNow() {
        var store = store().pod("g0", GOLD);
        store.claimed("CA1");
        store.roster().move(NOBODY, new PodName("g0"), GOLD, STANDARD, true);
        assertReleased(store, "g0", GOLD, STANDARD, false);
        assertThat(store.claimed("CA2").source()).isEqualTo(STANDARD);
    }

    @Test
    default void aDrainingPodTakesNoNewCallAndFinishesThoseItHas() {
        var store = store().pod("b0", BASIC);
        store.claimed("CA1");
        assertThat(store.pools().drain(new PodName("b0"), Duration.ofMinutes(6)))
                .isEqualTo(OptionalInt.of(1));
        assertThat(store.pod("b0").state()).isEqualTo(PodState.DRAINING);
        assertThat(store.claim("CA2")).isInstanceOf(Claim.Full.class);
        assertThat(store.claim("CA1")).isInstanceOf(Claim.Held.class);
        assertReleased(store, "b0", BASIC, BASIC, true);
        assertThat(store.claim("CA3")).isInstanceOf(Claim.Full.class);
    }

    @Test
    default void anUndrainedPodServesAgain() {
        var store = store().pod("g0", GOLD);
        store.pools().drain(new PodName("g0"), Duration.ofMinutes(6));
        assertThat(store.pools().undrain(new PodName("g0"))).isEqualTo(OptionalInt.of(0));
        assertThat(store.claimed("CA1").pod()).isEqualTo(new PodName("g0"));
    }

    @Test
    default void aDrainThatHasRunOutIsSeenByTheNextAudit() {
        var store = store().pod("g0", GOLD);
        store.pools().drain(new PodName("g0"), Duration.ofMinutes(6));
        store.elapse(Duration.ofMinutes(7));
        store.audit();
        assertThat(store.claimed("CA1").pod()).isEqualTo(new PodName("g0"));
    }

    @Test
    default void nobodyDrainsAPodThatIsNot() {
        var pools = store().pools();
        assertThat(pools.drain(new PodName("g9"), Duration.ofMinutes(6))).isEmpty();
        assertThat(pools.undrain(new PodName("g9"))).isEmpty();
        assertThat(pools.findPod(new PodName("g9"))).isEmpty();
    }

    @Test
    default void aConfirmedCallGetsItsFullDeadline() {
        var store = store().pod("g0", GOLD);
        store.claimed("CA1");
        store.elapse(Duration.ofMinutes(50));
        assertThat(store.pools().confirm(new CallSid("CA1"))).isTrue();
        store.elapse(Duration.ofMinutes(50));
        assertThat(store.upkeep().sweep(10)).isEmpty();
        assertThat(store.isLive("CA1")).isTrue();
        assertThat(store.pools().confirm(new CallSid("CA2"))).isFalse();
    }

    @Test
    default void aRetryOfACallThatHasJustEndedStaysTwoMinutesUnlessConfirmed() {
        var store = store().pod("g0", GOLD).pod("g1", GOLD);
        store.release("CA1");
        store.release("CA2");
        store.elapse(Duration.ofSeconds(29));
        store.claimed("CA1");
        store.claimed("CA2");
        store.pools().confirm(new CallSid("CA2"));
        store.elapse(Duration.ofSeconds(121));
        assertThat(store.upkeep().sweep(10)).containsExactly(new CallSid("CA1"));
    }

    @Test
    default void aRetryHalfAMinuteLaterIsACallLikeAnyOther() {
        var store = store().pod("g0", GOLD);
        store.release("CA1");
        store.elapse(Duration.ofSeconds(31));
        store.claimed("CA1");
        store.elapse(Duration.ofSeconds(121));
        assertThat(store.upkeep().sweep(10)).isEmpty();
    }

    @Test
    default void aMerchantsChangedConfigIsToldAndNothingIsWritten() {
        var store = store().pod("g0", GOLD);
        var merchant = Optional.of(new MerchantId("shop"));
        store.configure("shop", "{\"tier\":\"gold\"}");
        var claim = store.pools().claim(StoreFixture.request("CA1", merchant, ""));
        assertThat(claim).isEqualTo(new Claim.ConfigChanged("{\"tier\":\"gold\"}"));
        assertThat(store.isLive("CA1")).isFalse();
        var again = store.pools().claim(StoreFixture.request("CA1", merchant, "{\"tier\":\"gold\"}"));
        assertThat(again).isInstanceOf(Claim.Claimed.class);
    }

    @Test
    default void aMerchantGetsNoMoreCallsThanItMayHaveAndOneThatEndsMakesRoom() {
        var store = store().pod("b0", BASIC).pod("b1", BASIC);
        store.configure("shop", TWO_CALLS);
        assertThat(store.claim("CA1", "shop", TWO_CALLS)).isInstanceOf(Claim.Claimed.class);
        assertThat(store.claim("CA2", "shop", TWO_CALLS)).isInstanceOf(Claim.Claimed.class);
        assertThat(store.claim("CA3", "shop", TWO_CALLS)).isEqualTo(new Claim.Limited(Claim.Limit.MAX_CALLS));
        assertThat(store.isLive("CA3")).isFalse();
        assertThat(store.claim("CA2", "shop", TWO_CALLS)).as("a replay").isInstanceOf(Claim.Held.class);
        assertThat(store.claim("CA4")).as("nobody's call").isInstanceOf(Claim.Claimed.class);
        store.release("CA1");
        store.release("CA1");
        assertThat(store.claim("CA3", "shop", TWO_CALLS)).isInstanceOf(Claim.Claimed.class);
        assertThat(store.claim("CA5", "shop", TWO_CALLS)).isInstanceOf(Claim.Limited.class);
    }

    @Test
    default void aSweptCallAndARemovedPodsCallsAreNotCountedToTheirMerchant() {
        var store = store().pod("b0", BASIC);
        store.configure("shop", TWO_CALLS);
        store.claim("CA1", "shop", TWO_CALLS);
        store.elapse(Duration.ofMinutes(30));
        store.claim("CA2", "shop", TWO_CALLS);
        store.elapse(Duration.ofMinutes(29).plusSeconds(30));
        assertThat(store.upkeep().sweep(10)).containsExactly(new CallSid("CA1"));
        assertThat(store.claim("CA3", "shop", TWO_CALLS)).isInstanceOf(Claim.Claimed.class);
        store.roster().remove(NOBODY, new PodName("b0"), StoreFixture.life(0));
        store.pod("g0", GOLD).pod("s0", STANDARD);
        assertThat(store.claim("CA4", "shop", TWO_CALLS)).isInstanceOf(Claim.Claimed.class);
        assertThat(store.claim("CA5", "shop", TWO_CALLS)).isInstanceOf(Claim.Claimed.class);
        assertThat(store.claim("CA6", "shop", TWO_CALLS)).isInstanceOf(Claim.Limited.class);
    }

    @Test
    default void aCallThatWasBroughtBackIsCountedToItsMerchant() {
        var store = store().pod("g0", GOLD).pod("b0", BASIC);
        store.configure("shop", ONE_CALL);
        store.claim("CA1", "shop", ONE_CALL);
        var mirrored = store.mirrored("CA1");
        store.flush();
        store.pod("g0", GOLD).pod("b0", BASIC);
        store.configure("shop", ONE_CALL);
        store.recovery().restore(mirrored, true);
        store.opened("again");
        assertThat(store.claim("CA2", "shop", ONE_CALL)).isEqualTo(new Claim.Limited(Claim.Limit.MAX_CALLS));
        store.release("CA1");
        assertThat(store.claim("CA2", "shop", ONE_CALL)).isInstanceOf(Claim.Claimed.class);
    }

    @Test
    default void aMerchantsBucketRunsDryAndFillsAgainWithinASecond() {
        var twoASecond = "{\"max_cps\":2}";
        var store = store().pod("b0", BASIC).pod("b1", BASIC);
        store.configure("shop", twoASecond);
        store.claim("CA1", "shop", twoASecond);
        assertThat(store.claim("CA1", "shop", twoASecond)).as("a replay").isInstanceOf(Claim.Held.class);
        assertThat(store.claim("CA2", "shop", twoASecond)).isInstanceOf(Claim.Claimed.class);
        store.release("CA2");
        assertThat(store.claim("CA3", "shop", twoASecond)).isEqualTo(new Claim.Limited(Claim.Limit.MAX_CPS));
        store.elapse(Duration.ofMillis(600));
        assertThat(store.claim("CA3", "shop", twoASecond)).isInstanceOf(Claim.Claimed.class);
        assertThat(store.claim("CA4", "shop", twoASecond)).isInstanceOf(Claim.Limited.class);
    }

    @Test
    default void aMerchantWhoseLimitIsZeroGetsNoCall() {
        for (var none : List.of("{\"max_calls\":0}", "{\"max_cps\":0}")) {
            var store = store().pod("g0", GOLD);
            store.configure("shop", none);
            assertThat(store.claim("CA1", "shop", none)).as(none).isInstanceOf(Claim.Limited.class);
        }
    }

    @Test
    default void onlySoManyRetriesOfEndedCallsHoldPodsAtOneTime() {
        var store = store();
        for (int i = 0; i < 51; i++) store.pod("b" + i, BASIC);
        for (int i = 0; i < 101; i++) store.release("CA" + i);
        for (int i = 0; i < 100; i++) store.claimed("CA" + i);
        assertThat(store.claim("CA100")).isEqualTo(new Claim.Limited(Claim.Limit.PROBATION));
        assertThat(store.claim("CA200")).as("a new call").isInstanceOf(Claim.Claimed.class);
        store.pools().confirm(new CallSid("CA0"));
        assertThat(store.claim("CA100")).isInstanceOf(Claim.Claimed.class);
    }

    @Test
    default void aStoreThatForgotGivesNoPodBeforeItIsOpen() {
        var store = store().pod("g0", GOLD);
        store.flush();
        store.pod("g0", GOLD);
        assertThat(store.claim("CA1")).isEqualTo(new Claim.Closed());
        store.opened();
        assertThat(store.claim("CA1")).isInstanceOf(Claim.Claimed.class);
    }

    @Test
    default void aPodIsShownAsItIs() {
        var store = store().pod("g0", GOLD);
        assertThat(store.pod("g0").state()).isEqualTo(PodState.AVAILABLE);
        store.claimed("CA1");
        var pod = store.pod("g0");
        assertThat(pod.state()).isEqualTo(PodState.ALLOCATED);
        assertThat(pod.pool()).isEqualTo(GOLD);
        assertThat(pod.incarnation()).isEqualTo(StoreFixture.life(0));
        assertThat(pod.calls()).containsExactly(new CallSid("CA1"));
        assertThat(pod.lease()).contains(new CallSid("CA1"));
        assertThat(pod.drainingFor()).isEmpty();
        assertThat(pod.metadata()).isEqualTo("{\"node\":\"n1\"}");
    }

    @Test
    default void theCensusCountsEachPool() {
        var store = store().pod("g0", GOLD).pod("g1", GOLD).pod("b0", BASIC);
        store.claimed("CA1");
        store.pools().drain(new PodName("b0"), Duration.ofMinutes(6));
        var census = store.pools().census();
        assertThat(census.activeCalls()).isEqualTo(1);
        assertThat(census.pools()).containsEntry(GOLD, new Census.Count(2, 1, 1, 0));
        assertThat(census.pools()).containsEntry(BASIC, new Census.Count(1, 0, 0, 1));
        assertThat(census.pools()).containsEntry(STANDARD, new Census.Count(0, 0, 0, 0));
    }

    @Test
    default void aFullSharedPodIsNotCountedAsAvailable() {
        var store = store().pod("b0", BASIC);
        store.claimed("CA1");
        assertThat(store.pools().census().pools()).containsEntry(BASIC, new Census.Count(1, 1, 1, 0));
        store.claimed("CA2");
        assertThat(store.pools().census().pools()).containsEntry(BASIC, new Census.Count(1, 0, 2, 0));
    }

    private static void assertReleased(
            StoreFixture store, String pod, PoolName source, PoolName to, boolean wasDraining) {
        var call = store.pools().findCall(new CallSid("CA1")).orElseThrow();
        var ended = new Release.Ended("", "twilio", call.allocatedAt());
        assertThat(store.release("CA1"))
                .isEqualTo(new Release.Released(new PodName(pod), source, to, wasDraining, ended));
    }
}
