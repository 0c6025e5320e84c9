package dev.smartrouter.simulator.verdict;

import static dev.smartrouter.simulator.verdict.Promise.ASTRAY;
import static dev.smartrouter.simulator.verdict.Promise.CUT_SHORT;
import static dev.smartrouter.simulator.verdict.Promise.TOO_MANY_REFUSED;
import static dev.smartrouter.simulator.verdict.Promise.WITHOUT_AN_ANSWER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.smartrouter.simulator.provider.CallPlan.Fate;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CallersTest {
    private static final Duration A_WHILE = Duration.ofSeconds(3);

    private final Tale tale = new Tale().at(0).pod("agent-0").pod("agent-1");

    @Test
    void whoPicksUpAndHearsNothingWasPromisedBetter() {
        tale.at(1).placed("CA1", Fate.TALKS).asked("CA1").at(2).answered("CA1", Tale.silence());
        tale.asked("CA1").at(3).answered("CA1", Tale.silence()).ends("CA1", "no answer", false, 0);
        var verdict = tale.judged();
        assertThat(verdict.broken()).singleElement().satisfies(broken -> {
            assertThat(broken.promise()).isEqualTo(WITHOUT_AN_ANSWER);
            assertThat(broken.evidence()).contains("sent 2 webhooks").contains("timed out");
        });
        assertThat(verdict.figures().withoutAnswer()).isOne();
    }

    @Test
    void anApologyOnTheSecondTryIsAnAnswer() {
        tale.at(1).placed("CA1", Fate.TALKS).asked("CA1").at(2).answered("CA1", Tale.silence());
        tale.asked("CA1").at(3).answered("CA1", Tale.sorry()).ends("CA1", "refused", false, 0);
        assertThat(tale.broken()).isEmpty();
        assertThat(tale.judged().figures().refused()).isOne();
    }

    @Test
    void whoHangsUpEarlyOrNeverPicksUpIsOwedNothing() {
        tale.at(1).placed("CA1", Fate.HANGS_UP_EARLY).asked("CA1").at(2).ends("CA1", "hung up", true, 0);
        tale.placed("CA2", Fate.UNANSWERED).placed("CA3", Fate.BUSY);
        assertThat(tale.broken()).isEmpty();
        assertThat(tale.judged().figures().unanswered()).isEqualTo(2);
    }

    @Test
    void aCallThatWaitsIsNotYetACallWithoutAnAnswer() {
        tale.at(1).placed("CA1", Fate.TALKS).asked("CA1");
        assertThat(tale.at(20).brokenSoFar()).isEmpty();
        assertThat(tale.broken()).containsExactly(WITHOUT_AN_ANSWER);
    }

    @Test
    void aCallThatBreaksOffOnAPodThatLivesWasCutShort() {
        tale.at(1).talks("CA1", "agent-0").at(9).ends("CA1", "socket lost", false, 400);
        assertThat(tale.broken()).containsExactly(CUT_SHORT);
    }

    @Test
    void aCallThatEndsAsPlannedWasNot() {
        assertThat(tale.at(1).talks("CA1", "agent-0").at(9).ends("CA1").broken())
                .isEmpty();
    }

    @Test
    void aPodThatEndsTakesItsCallWithIt() {
        tale.at(1).talks("CA1", "agent-0").at(9).ends("CA1", "socket lost", false, 400);
        tale.at(10).tell(ledger -> ledger.crashed("agent-0", "agent-0-a")); // told a little later
        assertThat(tale.at(20).broken()).isEmpty();
    }

    @Test
    void whereNoCallMayBeCutAPodThatEndsIsNoExcuse() {
        tale.at(1).talks("CA1", "agent-0").talks("CA2", "agent-1").at(9).ends("CA1", "socket lost", false, 400);
        tale.ends("CA2").tell(ledger -> ledger.crashed("agent-0", "agent-0-a"));
        var strict = new Expectations(Duration.ofSeconds(1), A_WHILE, Duration.ZERO, Optional.empty(), false);
        assertThat(tale.at(20).judged(strict).broken()).singleElement().satisfies(broken -> {
            assertThat(broken.promise()).isEqualTo(CUT_SHORT);
            assertThat(broken.evidence()).isEqualTo("CA1, sent to agent-0, was not to be cut: socket lost");
        });
    }

    @Test
    void aPodThatEndsLongAfterwardsExplainsNothing() {
        tale.at(1).talks("CA1", "agent-0").at(9).ends("CA1", "socket lost", false, 400);
        tale.at(14).tell(ledger -> ledger.crashed("agent-0", "agent-0-a"));
        assertThat(tale.broken()).containsExactly(CUT_SHORT);
    }

    @Test
    void aPodThatHangsOnPurposeIsAnExcuseAndNotForEver() {
        tale.at(3).tell(ledger -> ledger.hung("agent-0", A_WHILE));
        tale.at(1).talks("CA1", "agent-0").at(5).ends("CA1", "silence", false, 0);
        assertThat(tale.broken()).isEmpty();
        tale.at(20).talks("CA2", "agent-0").at(25).ends("CA2", "silence", false, 400);
        assertThat(tale.broken()).containsExactly(CUT_SHORT);
    }

    @Test
    void aRunThatIsCutOffCutsItsCalls() {
        tale.at(1).talks("CA1", "agent-0").at(5).tell(Ledger::stopping);
        tale.at(5.1).ends("CA1", "socket lost", false, 200).placed("CA2", Fate.TALKS);
        assertThat(tale.broken()).isEmpty();
    }

    @Test
    void aSocketThatReachesAnotherPodWentAstray() {
        tale.at(1).given("CA1", "agent-0").tell(ledger -> {
            ledger.joined("agent-1", "agent-1-a", "CA1");
            ledger.connected("CA1", "agent-0", Duration.ofMillis(9));
        });
        var broken = tale.at(9).ends("CA1").judged().broken();
        assertThat(broken).singleElement().satisfies(one -> {
            assertThat(one.promise()).isEqualTo(ASTRAY);
            assertThat(one.evidence()).isEqualTo("CA1, sent to agent-0, opened a socket that reached agent-1");
        });
    }

    @Test
    void aSocketThatReachesNobodyWentAstray() {
        tale.at(1).given("CA1", "agent-0").at(3).ends("CA1", "the socket was refused", false, 0);
        tale.at(1).given("CA2", "agent-1").tell(l -> l.connected("CA2", "agent-1", Duration.ofMillis(9)));
        assertThat(tale.at(9).ends("CA2").broken()).containsExactly(ASTRAY, ASTRAY);
    }

    @Test
    void aCallThatHearsNothingWentAstray() {
        assertThat(tale.at(1)
                        .talks("CA1", "agent-0")
                        .at(9)
                        .ends("CA1", "hung up", true, 0)
                        .broken())
                .containsExactly(ASTRAY);
    }

    @Test
    void aCallTooShortToHearAnythingDidNot() {
        assertThat(tale.at(1)
                        .talks("CA1", "agent-0")
                        .at(2)
                        .ends("CA1", "hung up", true, 0)
                        .broken())
                .isEmpty();
    }

    @Test
    void aSocketThatFindsItsPodCrashedDidNot() {
        tale.at(1).given("CA1", "agent-0").tell(ledger -> ledger.crashed("agent-0", "agent-0-a"));
        assertThat(tale.at(3).ends("CA1", "the socket was refused", false, 0).broken())
                .isEmpty();
    }

    @Test
    void aCallThatIsHungUpBeforeItsSocketOpensDidNot() {
        tale.at(1).placed("CA1", Fate.HANGS_UP_EARLY).asked("CA1").answered("CA1", Tale.to("agent-0"));
        assertThat(tale.at(1.5).ends("CA1", "hung up", true, 0).broken()).isEmpty();
    }

    @Test
    void aScenarioMaySayHowManyRefusalsAreTooMany() {
        for (int i = 0; i < 9; i++)
            tale.at(i + 1).given("CA" + i, "agent-0").at(i + 1.5).ends("CA" + i);
        tale.at(20)
                .placed("CA9", Fate.TALKS)
                .asked("CA9")
                .answered("CA9", Tale.sorry())
                .ends("CA9");
        assertThat(tale.broken()).isEmpty();
        assertThat(tale.judged(tolerating(0.1)).broken()).isEmpty();
        assertThat(tale.judged(tolerating(0.09)).broken()).singleElement().satisfies(broken -> {
            assertThat(broken.promise()).isEqualTo(TOO_MANY_REFUSED);
            assertThat(broken.evidence()).startsWith("1 of 10 calls were refused, 10.0 %");
        });
    }

    private static Expectations tolerating(double share) {
        return new Expectations(Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ZERO, Optional.of(share), true);
    }
}
