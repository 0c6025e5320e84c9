package dev.smartrouter.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartrouter.history.Judge;
import dev.smartrouter.history.Law;
import dev.smartrouter.pool.proof.Mutant;
import dev.smartrouter.pool.proof.SeededFaults;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The judge judged: routers with a planted fault are convicted by what their clients saw, and of the right thing. */
class FaultyRoutersIT {
    private static final int ROUTERS = 2;
    private static final int OPERATIONS = 150;
    private static final int MOST_HISTORIES = 40;
    private static final Mutant DRAIN_IGNORED = new Mutant(
            "drain ignored",
            "prelude",
            "pod.ready and not pod.term and not pod.draining and",
            "pod.ready and not pod.term and");

    @TempDir
    private Path scripts;

    @Test
    void twoRequestsOfACallThatBothFindNoPodAreSeen() {
        assertThat(firstFinding(SeededFaults.DUPLICATE_RACE)).isEqualTo(Law.ONE_POD_A_CALL);
    }

    @Test
    void aSecondReleaseThatPutsBackAnothersPodIsSeen() {
        assertThat(firstFinding(SeededFaults.DOUBLE_RELEASE)).isIn(Law.ONE_CALL_A_POD, Law.LINEARIZABLE);
    }

    @Test
    void aPodThatIsTakenBeforeItIsWrittenDownIsSeen() {
        assertThat(firstFinding(SeededFaults.CLAIM_BEFORE_RECORD)).isEqualTo(Law.LINEARIZABLE);
    }

    @Test
    void aDrainThatIsIgnoredIsSeen() {
        assertThat(firstFinding(DRAIN_IGNORED)).isEqualTo(Law.LINEARIZABLE);
    }

    private Law firstFinding(Mutant fault) {
        fault.writeTo(scripts);
        var judge = new Judge(HistoryTown.PODS);
        // what the JVM's own loader finds hides what the class path has
        try (var town = HistoryTown.found(ROUTERS, "-Xbootclasspath/a:" + scripts)) {
            for (int seed = 1; seed <= MOST_HISTORIES; seed++) {
                var history = town.record(seed, OPERATIONS);
                var finding = judge.judge(history);
                if (finding.isPresent()) {
                    System.out.println(fault + ", history " + seed + ": " + finding.get());
                    return finding.get().law();
                }
                town.tidy(history);
            }
        }
        throw new AssertionError(fault + " was not seen in " + MOST_HISTORIES + " histories");
    }
}
