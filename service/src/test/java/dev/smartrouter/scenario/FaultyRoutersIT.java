package dev.smartrouter.scenario;

import static org.assertj.core.api.Assertions.fail;

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
    private static final int MOST_HISTORIES = 100;
    private static final Mutant DRAIN_IGNORED = new Mutant(
            "drain ignored",
            "prelude",
            "pod.ready and not pod.term and not pod.draining and",
            "pod.ready and not pod.term and");

    @TempDir
    private Path scripts;

    @Test
    void twoRequestsOfACallThatBothFindNoPodAreSeen() {
        assertSeen(SeededFaults.DUPLICATE_RACE, Law.ONE_POD_A_CALL);
    }

    @Test
    void aSecondReleaseThatPutsBackAnothersPodIsSeen() {
        assertSeen(SeededFaults.DOUBLE_RELEASE, Law.ONE_CALL_A_POD);
    }

    @Test
    void aPodThatIsTakenBeforeItIsWrittenDownIsSeen() {
        assertSeen(SeededFaults.CLAIM_BEFORE_RECORD, Law.LINEARIZABLE);
    }

    @Test
    void aDrainThatIsIgnoredIsSeen() {
        assertSeen(DRAIN_IGNORED, Law.LINEARIZABLE);
    }

    private void assertSeen(Mutant fault, Law broken) {
        fault.writeTo(scripts);
        var judge = new Judge(HistoryTown.PODS);
        // what the JVM's own loader finds hides what the class path has
        try (var town = HistoryTown.found(ROUTERS, "-Xbootclasspath/a:" + scripts)) {
            for (int seed = 1; seed <= MOST_HISTORIES; seed++) {
                var history = town.record(seed, OPERATIONS);
                var finding = judge.judge(history).filter(found -> found.law() == broken);
                if (finding.isPresent()) {
                    System.out.println(fault + ", history " + seed + ": " + finding.get());
                    return;
                }
                town.tidy(history);
            }
        }
        fail(fault + " was not seen in " + MOST_HISTORIES + " histories");
    }
}
