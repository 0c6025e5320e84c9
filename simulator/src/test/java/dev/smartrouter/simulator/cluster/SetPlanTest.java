package dev.smartrouter.simulator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartrouter.simulator.cluster.SetPlan.Step.Create;
import dev.smartrouter.simulator.cluster.SetPlan.Step.Delete;
import java.util.List;
import org.junit.jupiter.api.Test;

class SetPlanTest {
    private static final String OLD = "1";
    private static final String NEW = "2";
    private static final SetPlan THREE = new SetPlan(3, NEW, false);
    private static final SetPlan THREE_AT_ONCE = new SetPlan(3, NEW, true);

    @Test
    void theLowestMissingOrdinalComesFirstAndAlone() {
        assertThat(THREE.next(List.of())).containsExactly(new Create(0));
        assertThat(THREE.next(List.of(ready(0), ready(2)))).containsExactly(new Create(1));
    }

    @Test
    void theNextComesOnceTheOneBeforeItIsReady() {
        assertThat(THREE.next(List.of(unready(0)))).isEmpty();
        assertThat(THREE.next(List.of(ready(0)))).containsExactly(new Create(1));
    }

    @Test
    void theHighestGoesFirstAndTheNextOnceItIsGone() {
        var five = List.of(ready(0), ready(1), ready(2), ready(3), ready(4));
        assertThat(THREE.next(five)).containsExactly(new Delete(4));
        assertThat(THREE.next(List.of(ready(0), ready(1), ready(2), ready(3), terminating(4))))
                .isEmpty();
        assertThat(THREE.next(List.of(ready(0), ready(1), ready(2), ready(3)))).containsExactly(new Delete(3));
    }

    @Test
    void inParallelAllComeAndGoAtOnce() {
        assertThat(THREE_AT_ONCE.next(List.of(unready(1)))).containsExactly(new Create(0), new Create(2));
        assertThat(THREE_AT_ONCE.next(List.of(ready(0), ready(1), ready(2), ready(3), ready(4))))
                .containsExactly(new Delete(4), new Delete(3));
    }

    @Test
    void anUpdateBeginsAtTheTopAndWaitsForEach() {
        for (var plan : List.of(THREE, THREE_AT_ONCE)) {
            assertThat(plan.next(List.of(old(0), old(1), old(2)))).containsExactly(new Delete(2));
            assertThat(plan.next(List.of(old(0), old(1), terminating(2)))).isEmpty();
            assertThat(plan.next(List.of(old(0), old(1), unready(2)))).isEmpty();
            assertThat(plan.next(List.of(old(0), old(1), ready(2)))).containsExactly(new Delete(1));
            assertThat(plan.next(List.of(old(0), ready(1), ready(2)))).containsExactly(new Delete(0));
            assertThat(plan.next(List.of(ready(0), ready(1), ready(2)))).isEmpty();
        }
    }

    @Test
    void whatFailedIsReplaced() {
        assertThat(THREE.next(List.of(ready(0), new SetMember(1, NEW, false, false, true), ready(2))))
                .containsExactly(new Delete(1));
    }

    @Test
    void itIsDoneWhenAllAreReadyAndNoneIsLeftOver() {
        assertThat(THREE.isDone(List.of(ready(0), ready(1), ready(2)))).isTrue();
        assertThat(THREE.isDone(List.of(ready(0), ready(1), old(2)))).isFalse();
        assertThat(THREE.isDone(List.of(ready(0), ready(1), unready(2)))).isFalse();
        assertThat(THREE.isDone(List.of(ready(0), ready(1), ready(2), terminating(3))))
                .isFalse();
    }

    private static SetMember ready(int ordinal) {
        return new SetMember(ordinal, NEW, true, false, false);
    }

    private static SetMember old(int ordinal) {
        return new SetMember(ordinal, OLD, true, false, false);
    }

    private static SetMember unready(int ordinal) {
        return new SetMember(ordinal, NEW, false, false, false);
    }

    private static SetMember terminating(int ordinal) {
        return new SetMember(ordinal, NEW, true, true, false);
    }
}
