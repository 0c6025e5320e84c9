package dev.smartrouter.pool.proof;

import static dev.smartrouter.pool.proof.MutationProperties.assertFound;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Modifier;
import java.util.Arrays;
import net.jqwik.api.Example;

/** The machine finds each fault of the router before this one. */
class SeededFaultsProperties {
    @Example
    void twoRequestsOfACallThatBothFindNoPodAreFound() {
        assertFound(SeededFaults.DUPLICATE_RACE);
    }

    @Example
    void aSecondReleaseThatPutsBackAnothersPodIsFound() {
        assertFound(SeededFaults.DOUBLE_RELEASE);
    }

    @Example
    void aPodThatIsTakenBeforeItIsWrittenDownIsFound() {
        assertFound(SeededFaults.CLAIM_BEFORE_RECORD);
    }

    @Example
    void aSweepThatBelievesTheLeaseIsFound() {
        assertFound(SeededFaults.LEASE_BASED_SWEEP);
    }

    @Example
    void aDrainThatLosesTheScoreIsFound() {
        assertFound(SeededFaults.SCORE_LOST_ON_DRAIN);
    }

    @Example
    void aLeaderWithoutAFenceIsFound() {
        assertFound(SeededFaults.UNFENCED_LEADER);
    }

    @Example
    void aRetryAfterTheCallerGaveUpIsFound() {
        assertFound(SeededFaults.LATE_RETRY);
    }

    @Example
    void eachFaultHasItsTest() {
        var tests = Arrays.stream(SeededFaultsProperties.class.getDeclaredMethods())
                .filter(method ->
                        !Modifier.isStatic(method.getModifiers()) && method.isAnnotationPresent(Example.class));
        assertThat(tests.count() - 1).isEqualTo(SeededFaults.ALL.size());
    }
}
