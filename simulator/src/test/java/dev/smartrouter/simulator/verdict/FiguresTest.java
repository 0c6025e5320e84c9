package dev.smartrouter.simulator.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartrouter.simulator.agent.ReleasePath;
import dev.smartrouter.simulator.provider.CallPlan.Fate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class FiguresTest {
    private final Tale tale = new Tale().at(0).pod("agent-0").pod("agent-1");

    @Test
    void whatTheRunCameToIsCounted() {
        tale.at(1)
                .talks("CA1", "agent-0")
                .at(2)
                .talks("CA2", "agent-1")
                .at(5)
                .releasing("CA1")
                .ends("CA1");
        tale.at(6).ends("CA2").tell(ledger -> ledger.releasing("CA2", ReleasePath.CALL_COMPLETED));
        tale.at(7).placed("CA3", Fate.TALKS).asked("CA3").asked("CA3").at(8);
        tale.answered("CA3", 1, Tale.sorry()).answered("CA3", 2, Tale.sorry()).ends("CA3", "refused", false, 0);
        tale.placed("CA4", Fate.BUSY).placed("CA5", Fate.HANGS_UP_EARLY);
        var figures = tale.judged().figures();
        assertThat(figures.placed()).isEqualTo(5);
        assertThat(figures.answered()).isEqualTo(2);
        assertThat(figures.refused()).isOne();
        assertThat(figures.apologies()).isEqualTo(2);
        assertThat(figures.duplicates()).isOne();
        assertThat(figures.unanswered()).isOne();
        assertThat(figures.earlyHangUps()).isOne();
        assertThat(figures.peakCalls()).isEqualTo(2);
        assertThat(figures.timeToAnswer()).isEqualTo(new Spread(3, 20, 1000, 1000));
        assertThat(figures.worstGap().maxMs()).isEqualTo(31);
        assertThat(figures.releases()).containsEntry("socket_closed", 1L).containsEntry("call_completed", 1L);
    }

    @Test
    void theWaitOfACallerIncludesTheTriesThatFailed() {
        tale.at(1).placed("CA1", Fate.TALKS).asked("CA1").at(3).answered("CA1", Tale.silence());
        tale.asked("CA1").at(3.5).answered("CA1", Tale.to("agent-0"));
        assertThat(tale.judged().figures().timeToAnswer().maxMs()).isEqualTo(2500);
    }

    @Test
    void percentilesAreExact() {
        var spread = Spread.ofNanos(LongStream.rangeClosed(1, 200).map(ms -> (201 - ms) * 1_000_000));
        assertThat(spread).isEqualTo(new Spread(200, 100, 198, 200));
        assertThat(Spread.ofNanos(LongStream.empty())).isEqualTo(new Spread(0, 0, 0, 0));
    }

    @Test
    void theVerdictIsASentence() {
        tale.at(1).talks("CA1", "agent-0").at(9).ends("CA1");
        assertThat(tale.judged().words())
                .isEqualTo("Every promise was kept. Calls: 1 placed, 1 given a pod, 0 refused.");
        assertThat(tale.judged().exitCode()).isZero();
        tale.at(10)
                .talks("CA2", "agent-0")
                .at(11)
                .talks("CA3", "agent-0")
                .at(12)
                .talks("CA4", "agent-0");
        tale.ends("CA2", "socket lost", false, 10).at(19).ends("CA3").ends("CA4");
        assertThat(tale.judged().words())
                .startsWith("Broken: two calls on one pod (2 times); a call cut short. Calls: 4 placed");
    }
}
