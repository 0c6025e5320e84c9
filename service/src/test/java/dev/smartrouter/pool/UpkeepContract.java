package dev.smartrouter.pool;

import static dev.smartrouter.pool.StoreFixture.BASIC;
import static dev.smartrouter.pool.StoreFixture.CALL_TTL;
import static dev.smartrouter.pool.StoreFixture.GOLD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.smartrouter.CallSid;
import dev.smartrouter.PodName;
import dev.smartrouter.pod.PodState;
import dev.smartrouter.pool.Upkeep.Member;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every implementation of {@link Upkeep} does. */
interface UpkeepContract {
    /** Fresh, open, without pods. */
    StoreFixture store();

    @Test
    default void aSweepEndsCallsPastTheirDeadlineAndNoOthers() {
        var store = store().pod("g0", GOLD).pod("g1", GOLD);
        store.claimed("CA1");
        store.elapse(Duration.ofMinutes(30));
        store.claimed("CA2");
        store.elapse(CALL_TTL.minusMinutes(30).minusSeconds(30)); // before the record would go by itself
        assertThat(store.upkeep().sweep(10)).containsExactly(new CallSid("CA1"));
        assertThat(store.upkeep().sweep(10)).isEmpty();
        assertThat(store.isLive("CA2")).isTrue();
        assertThat(store.claim("CA3")).isInstanceOf(Claim.Claimed.class);
    }

    @Test
    default void aSweepTakesTheLongestOverdueFirst() {
        var store = store().pod("b0", BASIC).pod("b1", BASIC);
        store.claimed("CA1");
        store.elapse(Duration.ofMillis(50));
        store.claimed("CA2");
        store.elapse(CALL_TTL.minusSeconds(30));
        assertThat(store.upkeep().sweep(1)).containsExactly(new CallSid("CA1"));
        assertThat(store.upkeep().sweep(1)).containsExactly(new CallSid("CA2"));
    }

    @Test
    default void theMembersAreAllPods() {
        var store = store().pod("g0", GOLD).pod("b0", BASIC);
        store.claimed("CA1");
        assertThat(store.upkeep().members())
                .containsExactlyInAnyOrder(new Member("g0", Set.of(GOLD)), new Member("b0", Set.of(BASIC)));
    }

    @Test
    default void anAuditTellsHowEachPodIs() {
        var store = store().pod("g0", GOLD).pod("b0", BASIC);
        store.claimed("CA1");
        store.pools().drain(new PodName("b0"), Duration.ofMinutes(6));
        var life = StoreFixture.life(0);
        assertThat(store.upkeep()
                        .audit(Stream.of("g0", "b0", "nobody")
                                .map(name -> new Member(name, Set.of()))
                                .toList()))
                .containsExactlyInAnyOrder(
                        new Upkeep.Seen(
                                new PodName("g0"), GOLD, PodState.ALLOCATED, 1, false, true, false, false, life),
                        new Upkeep.Seen(
                                new PodName("b0"), BASIC, PodState.DRAINING, 0, true, true, false, false, life));
    }

    @Test
    default void anAuditOfAStoreThatIsWellChangesNothing() {
        var store = store().pod("g0", GOLD);
        var allocation = store.claimed("CA1");
        store.audit();
        assertThat(store.claim("CA1")).isEqualTo(new Claim.Held(allocation));
        assertThat(store.claim("CA2")).isInstanceOf(Claim.Full.class);
    }
}
