package dev.smartrouter.simulator.verdict;

import static dev.smartrouter.simulator.verdict.Promise.TWO_CALLS_ON_ONE_POD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.smartrouter.simulator.provider.CallPlan.Fate;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HoldsTest {
    private final Tale tale = new Tale().at(0).pod("agent-0").pod("agent-1");

    @Test
    void oneCallAfterTheOtherIsWhatPodsAreFor() {
        tale.at(1).talks("CA1", "agent-0").at(5).ends("CA1").at(6).talks("CA2", "agent-0");
        assertThat(tale.at(9).ends("CA2").broken()).isEmpty();
    }

    @Test
    void twoCallsAtATimeBreakThePromiseOfAnExclusivePod() {
        tale.at(1).talks("CA1", "agent-0").at(4).talks("CA2", "agent-0");
        var verdict = tale.at(9).ends("CA1").ends("CA2").judged();
        assertThat(verdict.broken()).singleElement().satisfies(broken -> {
            assertThat(broken.promise()).isEqualTo(TWO_CALLS_ON_ONE_POD);
            assertThat(broken.calls()).containsExactly("CA1", "CA2");
            assertThat(broken.pods()).containsExactly("agent-0");
            assertThat(broken.evidence()).contains("may carry 1 and held 2").contains("CA2 since 4.020 s");
        });
        assertThat(verdict.figures().doubleAllocations()).isOne();
        assertThat(verdict.exitCode()).isEqualTo(10);
    }

    @Test
    void aHoldEndsBeforeAnybodyIsToldThatTheCallIsOver() {
        tale.at(1).talks("CA1", "agent-0").at(5).tell(ledger -> ledger.ending("CA1"));
        tale.at(5).given("CA2", "agent-0");
        assertThat(tale.broken()).isEmpty();
    }

    @Test
    void anAgentThatBeginsToReleaseGivesThePodUpThoughTheProviderStillTalks() {
        tale.at(1).talks("CA1", "agent-0").at(5).releasing("CA1").at(5.001).given("CA2", "agent-0");
        assertThat(tale.broken()).isEmpty();
    }

    @Test
    void aHoldEndsWithALifeOfThePod() {
        tale.at(1).given("CA1", "agent-0").at(5).tell(ledger -> ledger.crashed("agent-0", "agent-0-a"));
        assertThat(tale.at(7).given("CA2", "agent-0").broken()).isEmpty();
    }

    @Test
    void anAnswerFromJustAfterACrashMayBeOfALifeThatTheRouterThoughtToLast() {
        tale.at(5).tell(ledger -> ledger.crashed("agent-0", "agent-0-a"));
        tale.at(5.5).given("CA1", "agent-0").at(8).given("CA2", "agent-0");
        assertThat(tale.broken()).isEmpty();
    }

    @Test
    void anAnswerFromLongAfterACrashIsOfTheNewLife() {
        tale.at(5).tell(ledger -> ledger.crashed("agent-0", "agent-0-a"));
        tale.at(7).given("CA1", "agent-0").at(8).given("CA2", "agent-0");
        assertThat(tale.broken()).containsOnly(TWO_CALLS_ON_ONE_POD);
    }

    @Test
    void anAnswerThatComesWhenItsCallIsOverHoldsNothing() {
        tale.at(1).placed("CA1", Fate.HANGS_UP_EARLY).asked("CA1").at(2).ends("CA1");
        tale.at(3).given("CA2", "agent-0").at(4).answered("CA1", Tale.to("agent-0"));
        assertThat(tale.broken()).isEmpty();
    }

    @Test
    void aReplayIsNoSecondHold() {
        tale.at(1).asked("CA1").asked("CA1").at(2);
        tale.answered("CA1", 1, Tale.to("agent-0")).answered("CA1", 2, Tale.to("agent-0"));
        assertThat(tale.broken()).isEmpty();
    }

    @Test
    void aSharedPodCarriesAsManyAsItsTierSays() {
        tale.at(0).pod("agent-9", "b", 2).at(1).given("CA1", "agent-9").at(2).given("CA2", "agent-9");
        assertThat(tale.broken()).isEmpty();
        assertThat(tale.at(3).given("CA3", "agent-9").broken()).containsOnly(TWO_CALLS_ON_ONE_POD);
    }

    @Test
    void aRouterMayActOnTheOlderTierConfigForAWhile() {
        tale.at(0).pod("agent-9", "b", 3).at(60).tell(ledger -> ledger.carry(Map.of("agent-9", 1)));
        tale.at(80).given("CA1", "agent-9").at(85).given("CA2", "agent-9");
        assertThat(tale.broken()).isEmpty();
        tale.at(95).tell(ledger -> ledger.carry(Map.of("agent-9", 1)));
        assertThat(tale.at(93).given("CA3", "agent-9").broken()).containsOnly(TWO_CALLS_ON_ONE_POD);
    }

    @Test
    void nobodyBlamesAPodOfWhichNothingIsKnown() {
        tale.at(1).given("CA1", "stranger").at(2).given("CA2", "stranger");
        assertThat(tale.broken()).isEmpty();
    }

    @Test
    void whileItGoesOnWhatIsNewWaitsForWhoeverTellsLate() {
        tale.at(1).talks("CA1", "agent-0").at(4).talks("CA2", "agent-0");
        assertThat(tale.brokenSoFar()).isEmpty();
        assertThat(tale.at(7).brokenSoFar()).containsOnly(TWO_CALLS_ON_ONE_POD);
    }
}
