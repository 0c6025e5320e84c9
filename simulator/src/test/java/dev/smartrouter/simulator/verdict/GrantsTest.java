package dev.smartrouter.simulator.verdict;

import static dev.smartrouter.simulator.verdict.Promise.POD_THAT_WAS_GONE;
import static dev.smartrouter.simulator.verdict.Promise.TWO_PODS_FOR_ONE_CALL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.smartrouter.simulator.provider.CallPlan.Fate;
import org.junit.jupiter.api.Test;

class GrantsTest {
    private final Tale tale = new Tale().at(0).pod("agent-0").pod("agent-1");

    @Test
    void aReplayThatNamesAnotherPodBreaksThePromise() {
        tale.at(1).given("CA1", "agent-0").at(2).asked("CA1").answered("CA1", Tale.to("agent-1"));
        var verdict = tale.judged();
        assertThat(verdict.broken()).singleElement().satisfies(broken -> {
            assertThat(broken.promise()).isEqualTo(TWO_PODS_FOR_ONE_CALL);
            assertThat(broken.pods()).containsExactly("agent-0", "agent-1");
        });
        assertThat(verdict.figures().splitCalls()).isOne();
        assertThat(verdict.figures().duplicates()).isOne();
    }

    @Test
    void aReplayThatNamesTheSamePodKeepsIt() {
        tale.at(1).given("CA1", "agent-0").at(2).asked("CA1").answered("CA1", Tale.to("agent-0"));
        assertThat(tale.broken()).isEmpty();
    }

    @Test
    void aCallWhosePodEndedMayHaveAnother() {
        tale.at(1).given("CA1", "agent-0").at(2).tell(ledger -> ledger.gone("agent-0", "agent-0-a"));
        tale.at(3).asked("CA1").answered("CA1", Tale.to("agent-1"));
        assertThat(tale.broken()).isEmpty();
    }

    @Test
    void aLateRetryOfACallThatIsOverMayHaveAnother() {
        tale.at(1).talks("CA1", "agent-0").at(2).asked("CA1").at(3).releasing("CA1");
        tale.at(4).answered("CA1", Tale.to("agent-1")).ends("CA1");
        assertThat(tale.broken()).isEmpty();
    }

    @Test
    void answersThatOvertakeEachOtherStillContradict() {
        tale.at(1).placed("CA1", Fate.TALKS).asked("CA1").asked("CA1").at(2);
        tale.answered("CA1", 2, Tale.to("agent-1")).answered("CA1", 1, Tale.to("agent-0"));
        assertThat(tale.broken()).containsExactly(TWO_PODS_FOR_ONE_CALL);
    }

    @Test
    void aNewCallIsNotSentToAPodThatHasBeenTerminatingForLong() {
        tale.at(1).tell(ledger -> ledger.terminating("agent-0", "agent-0-a"));
        tale.at(4).given("CA1", "agent-0");
        assertThat(tale.broken()).containsExactly(POD_THAT_WAS_GONE);
    }

    @Test
    void aRouterMayNeedAMomentToNotice() {
        tale.at(1).tell(ledger -> ledger.terminating("agent-0", "agent-0-a"));
        assertThat(tale.at(1.9).given("CA1", "agent-0").broken()).isEmpty();
    }

    @Test
    void aPodOfTheSameNameIsAnother() {
        tale.at(1).tell(ledger -> ledger.gone("agent-0", "agent-0-a")).at(4).pod("agent-0", "agent-0-b", 1);
        tale.at(5).given("CA1", "agent-0").at(6).tell(ledger -> ledger.gone("agent-0", "agent-0-a"));
        assertThat(tale.at(9).given("CA2", "agent-1").broken()).isEmpty();
    }

    @Test
    void aReplayStillNamesThePodThatDrainsForItsCall() {
        tale.at(1).given("CA1", "agent-0").at(2).tell(ledger -> ledger.terminating("agent-0", "agent-0-a"));
        tale.at(8).asked("CA1").answered("CA1", Tale.to("agent-0"));
        assertThat(tale.broken()).isEmpty();
    }
}
