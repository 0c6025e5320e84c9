package dev.smartrouter.tier;

import static dev.smartrouter.tier.TierFixture.agents;
import static dev.smartrouter.tier.TierFixture.count;
import static dev.smartrouter.tier.TierFixture.pod;
import static dev.smartrouter.tier.TierFixture.pool;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The contract's sentences on a pod's tier. */
class TierAssignerTest {
    private static final TierAssigner DOCUMENT_000 = new TierAssigner(TierConfig.DEFAULT);
    private static final TierAssigner DOCUMENT_004 = new TierAssigner(TierConfig.parse(TierConfigTest.OPERATIONS_004));

    @Test
    void sevenPodsOneByOneMakeTheTableOfDocument004() {
        var pods = new TierFixture();
        for (var name : agents(7)) {
            pods.add(new AssignedPod(name, DOCUMENT_004.poolFor(name, pods.assigned()), 0, true));
        }

        assertThat(count(pods.assigned().values()))
                .isEqualTo(Map.of(
                        "merchant:9shines",
                        2L,
                        "merchant:acme",
                        1L,
                        "pool:gold",
                        2L,
                        "pool:standard",
                        1L,
                        "pool:basic",
                        1L));
    }

    @Test
    void merchantsAreFilledFirstThenSharedOutsidersThenTheChain() {
        var assigner = new TierAssigner(TierConfig.parse("""
                {"tiers":{"basic":1,"pit":{"type":"shared","target":1,"max_concurrent":2},"gold":1,"beta":1,"alpha":1},
                 "default_chain":["gold","basic"]}"""));

        assertThat(assigner.assign(agents(7), Map.of()).values())
                .extracting(Object::toString)
                .containsExactly(
                        "merchant:beta",
                        "merchant:alpha",
                        "pool:pit",
                        "pool:gold",
                        "pool:basic",
                        "pool:basic",
                        "pool:basic");
    }

    @Test
    void aPodKeepsItsPoolWhileThatTierExists() {
        var assigned = Map.of(pod("a"), pool("pool:standard"), pod("b"), pool("pool:standard"));

        assertThat(DOCUMENT_000.poolFor(pod("b"), assigned)).isEqualTo(pool("pool:standard"));
    }

    @Test
    void aPodWhoseTierIsGoneIsAssignedAnew() {
        var assigned = Map.of(pod("a"), pool("merchant:gone"), pod("b"), pool("pool:gold"));

        assertThat(DOCUMENT_000.poolFor(pod("a"), assigned)).isEqualTo(pool("pool:standard"));
    }

    @Test
    void aTierThatLeftTheChainIsAnotherPool() {
        var assigner = new TierAssigner(
                TierConfig.parse("{\"tiers\":{\"gold\":1,\"basic\":1},\"default_chain\":[\"basic\"]}"));

        assertThat(assigner.poolFor(pod("a"), Map.of(pod("a"), pool("pool:gold"))))
                .isEqualTo(pool("merchant:gold"));
    }

    @Test
    void whatNoTargetAsksForOverflows() {
        assertThat(count(DOCUMENT_000.assign(agents(5), Map.of()).values()))
                .isEqualTo(Map.of("pool:gold", 1L, "pool:standard", 1L, "pool:basic", 1L, "pool:overflow", 2L));
    }

    @Test
    void withoutAnOverflowTheLastTierOfTheChainTakesIt() {
        assertThat(count(DOCUMENT_004.assign(agents(9), Map.of()).values())).containsEntry("pool:basic", 3L);
    }

    @Test
    void anOverflowOutsideTheChainIsAMerchantsAndTakesNothing() {
        var assigner = new TierAssigner(
                TierConfig.parse("{\"tiers\":{\"gold\":1,\"overflow\":1},\"default_chain\":[\"gold\"]}"));

        assertThat(count(assigner.assign(agents(4), Map.of()).values()))
                .isEqualTo(Map.of("merchant:overflow", 1L, "pool:gold", 3L));
    }

    @Test
    void manyPodsAtOnceAreAssignedAsIfOneByOne() {
        var known = new LinkedHashMap<>(Map.of(pod("old"), pool("merchant:acme")));
        var batch = DOCUMENT_004.assign(agents(8), known);
        agents(8).forEach(name -> known.put(name, DOCUMENT_004.poolFor(name, known)));

        known.remove(pod("old"));
        assertThat(batch).isEqualTo(known);
    }

    @Test
    void aPodAskedForTwiceIsOnePod() {
        var asked = List.of(pod("a"), pod("a"), pod("b"));

        assertThat(DOCUMENT_000.assign(asked, Map.of()))
                .isEqualTo(Map.of(pod("a"), pool("pool:gold"), pod("b"), pool("pool:standard")));
    }

    @Test
    void idlePodsMoveFromOverTargetToUnderItMerchantsFirst() {
        var pods = new TierFixture().idle("pool:gold", "a", "b", "c").idle("pool:basic", "d", "e", "f");

        assertThat(DOCUMENT_004.rebalance(pods.pods(), Set.of()))
                .containsExactly(
                        move("d", "pool:basic", "merchant:9shines"),
                        move("e", "pool:basic", "merchant:9shines"),
                        move("a", "pool:gold", "merchant:acme"));
    }

    @Test
    void aMerchantPoolOverTargetGivesToo() {
        var pods = new TierFixture().idle("merchant:acme", "a", "b");

        assertThat(DOCUMENT_004.rebalance(pods.pods(), Set.of()))
                .containsExactly(move("a", "merchant:acme", "merchant:9shines"));
    }

    @Test
    void theOverflowGivesBeforeAnyOther() {
        var pods = new TierFixture().idle("pool:basic", "a", "b").idle("pool:overflow", "z");

        assertThat(DOCUMENT_000.rebalance(pods.pods(), Set.of()))
                .containsExactly(move("z", "pool:overflow", "pool:gold"), move("a", "pool:basic", "pool:standard"));
    }

    @Test
    void whereNothingIsWantingASurplusStays() {
        var pods = new TierFixture()
                .idle("pool:gold", "a", "b")
                .idle("pool:standard", "c")
                .idle("pool:basic", "d");

        assertThat(DOCUMENT_000.rebalance(pods.pods(), Set.of())).isEmpty();
    }

    @Test
    void busyPodsAndPodsThatTakeNoCallsStay() {
        var pods = new TierFixture().busy("pool:overflow", 1, "a").notServing("pool:overflow", "b");

        assertThat(DOCUMENT_000.rebalance(pods.pods(), Set.of())).isEmpty();
    }

    @Test
    void busyPodsCountSoThatIdleOnesMoveForThem() {
        var pods = new TierFixture().busy("pool:basic", 2, "a").idle("pool:basic", "b");

        assertThat(DOCUMENT_000.rebalance(pods.pods(), Set.of())).containsExactly(move("b", "pool:basic", "pool:gold"));
    }

    @Test
    void aPoolThatWaitsForItsPodNeitherTakesNorGives() {
        var pods = new TierFixture().idle("pool:overflow", "a").idle("pool:basic", "b", "c");

        assertThat(DOCUMENT_000.rebalance(pods.pods(), Set.of(pool("pool:gold"), pool("pool:overflow"))))
                .containsExactly(move("b", "pool:basic", "pool:standard"));
    }

    @Test
    void podsOfAVanishedTierAreForcedToWhereTheyAreWantedBusyOrNot() {
        var pods = new TierFixture()
                .busy("merchant:gone", 1, "a")
                .notServing("merchant:gone", "b")
                .idle("pool:older", "c")
                .idle("pool:gold", "d");

        assertThat(DOCUMENT_000.rebalance(pods.pods(), Set.of()))
                .containsExactly(
                        forced("a", "merchant:gone", "pool:standard"),
                        forced("b", "merchant:gone", "pool:basic"),
                        forced("c", "pool:older", "pool:overflow"));
    }

    @Test
    void aForcedPodDoesNotTakeThePlaceOfOneThatIsRestartingUnlessThereIsNoOther() {
        var pods = new TierFixture().idle("merchant:gone", "a");
        var all = Set.of(pool("pool:gold"), pool("pool:standard"), pool("pool:basic"), pool("pool:overflow"));

        assertThat(DOCUMENT_000.rebalance(pods.pods(), Set.of(pool("pool:gold"))))
                .containsExactly(forced("a", "merchant:gone", "pool:standard"));
        assertThat(DOCUMENT_000.rebalance(pods.pods(), all))
                .containsExactly(forced("a", "merchant:gone", "pool:overflow"));
    }

    @Test
    void aPodWithSeveralCallsIsForcedOnlyToASharedTier() {
        var pods = new TierFixture().busy("pool:gone", 2, "a", "b");

        assertThat(DOCUMENT_000.rebalance(pods.pods(), Set.of()))
                .as("basic wants one; the other waits, for the overflow is exclusive")
                .containsExactly(forced("a", "pool:gone", "pool:basic"));
        assertThat(DOCUMENT_004.rebalance(pods.pods(), Set.of()))
                .as("there basic also takes what is spare")
                .containsExactly(forced("a", "pool:gone", "pool:basic"), forced("b", "pool:gone", "pool:basic"));
    }

    @Test
    void aPodWithSeveralCallsChoosesBeforeThoseThatSuitAnyTier() {
        var assigner = new TierAssigner(TierConfig.parse(
                "{\"tiers\":{\"basic\":{\"type\":\"shared\",\"target\":1,\"max_concurrent\":3},\"gold\":1},"
                        + "\"default_chain\":[\"basic\",\"gold\"]}"));
        var pods = new TierFixture().idle("pool:gone", "a").busy("pool:gone", 2, "b");

        assertThat(assigner.rebalance(pods.pods(), Set.of()))
                .containsExactly(forced("b", "pool:gone", "pool:basic"), forced("a", "pool:gone", "pool:gold"));
    }

    @Test
    void theOrderOfThePodsDoesNotMatter() {
        var pods = new ArrayList<>(new TierFixture()
                .idle("pool:basic", "a", "b", "c")
                .idle("pool:gone", "d", "e")
                .pods());
        var moves = DOCUMENT_004.rebalance(pods, Set.of());
        Collections.reverse(pods);

        assertThat(DOCUMENT_004.rebalance(pods, Set.of())).isEqualTo(moves).isNotEmpty();
    }

    private static Move move(String name, String from, String to) {
        return new Move(pod(name), pool(from), pool(to), false);
    }

    private static Move forced(String name, String from, String to) {
        return new Move(pod(name), pool(from), pool(to), true);
    }
}
