package dev.smartrouter.pool.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.List;
import net.jqwik.api.AfterFailureMode;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;

/** No traffic breaks the machine. {@code -Dproof.operations=5000000} seeks longer. */
class StateMachineProperties {
    private static final long OPERATIONS = Long.getLong("proof.operations", 100_000);
    private static final int TRIES = 4000;
    private static Proof proof;

    /** jqwik's number of tries is a constant, so that more operations make longer days. */
    @Provide
    Arbitrary<List<Op>> days() {
        return Traffic.days((int) Math.max(200, OPERATIONS / 1000));
    }

    @Property(
            tries = TRIES,
            edgeCases = EdgeCasesMode.NONE,
            shrinking = ShrinkingMode.OFF,
            afterFailure = AfterFailureMode.SAMPLE_FIRST)
    void noTrafficBreaksTheMachine(@ForAll("days") List<Op> day) {
        if (proof == null) proof = new Proof(Scripts.shipped());
        if (proof.operations() >= OPERATIONS) return;
        proof.run(day).ifPresent(fault -> fail(proof.shortest(day, fault)));
    }

    /** Found by chance: the name left in the second pool's keys would have been taken for a pod, and got a call. */
    @Example
    void aPodThatAHandPutIntoASecondPoolLeavesBoth() {
        var day = List.<Op>of(
                new Beginning(Beginning.Kind.SERVING, false),
                new CallOps.Allocate(0, "CA5", 0, false, CallOps.Hearing.HEARD),
                new LossOps.Flush(),
                new OperatorOps.HandAdd("p1", "pool:standard", 0),
                new RecoveryOps.Replay(0),
                new PodOps.Delete("p1"));
        try (var proof = new Proof(Scripts.shipped())) {
            assertThat(proof.run(day)).isEmpty();
        }
    }

    @AfterContainer
    static void tell() {
        if (proof == null) return;
        System.out.println("proof: " + proof.operations() + " operations");
        proof.close();
        proof = null;
    }
}
