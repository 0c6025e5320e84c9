package dev.smartrouter.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartrouter.history.Finding;
import dev.smartrouter.history.Judge;
import dev.smartrouter.history.Law;
import dev.smartrouter.pool.proof.Mutant;
import dev.smartrouter.pool.proof.SeededFaults;
import java.nio.file.Path;
import java.util.Optional;
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
        assertThat(findingWith(SeededFaults.DUPLICATE_RACE)).contains(Law.ONE_POD_A_CALL);
    }

    @Test
    void aSecondReleaseThatPutsBackAnothersPodIsSeen() {
        assertThat(findingWith(SeededFaults.DOUBLE_RELEASE)).isNotEmpty().isNotEqualTo(Optional.of(Law.ONE_POD_A_CALL));
    }

    @Test
    void aPodThatIsTakenBeforeItIsWrittenDownIsSeen() {
        assertThat(findingWith(SeededFaults.CLAIM_BEFORE_RECORD)).contains(Law.LINEARIZABLE);
    }

    @Test
    void aDrainThatIsIgnoredIsSeen() {
        assertThat(findingWith(DRAIN_IGNORED)).contains(Law.LINEARIZABLE);
    }

    private Optional<Law> findingWith(Mutant fault) {
        fault.writeTo(scripts);
        var judge = new Judge(HistoryTown.PODS);
        // what the JVM's own loader finds hides what the class path has
        try (var town = HistoryTown.found(ROUTERS, "-Xbootclasspath/a:" + scripts)) {
            for (int seed = 1; seed <= MOST_HISTORIES; seed++) {
                var finding = judge.judge(town.record(seed, OPERATIONS));
                if (finding.isEmpty()) continue;
                System.out.println(fault + ", history " + seed + ": " + finding.get());
                return finding.map(Finding::law);
            }
        }
        return Optional.empty();
    }
}
