package dev.smartrouter.simulator.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StallTest {
    private final Stall stall = new Stall();
    private final List<String> done = new ArrayList<>();

    @Test
    void whileNothingHangsNothingIsHeld() {
        assertThat(stall.holds(() -> done.add("a"))).isFalse();
        assertThat(done).isEmpty();
    }

    @Test
    void whatIsHeldIsDoneInOrder() {
        stall.begin();
        assertThat(stall.holds(() -> done.add("a"))).isTrue();
        assertThat(stall.holds(() -> done.add("b"))).isTrue();
        assertThat(done).isEmpty();
        stall.end();
        assertThat(done).containsExactly("a", "b");
        assertThat(stall.stalled()).isFalse();
    }

    @Test
    void whatComesWhileItWakesComesAfterWhatWasHeld() {
        stall.begin();
        stall.holds(() -> stall.holds(() -> done.add("late")));
        stall.holds(() -> done.add("early"));
        stall.end();
        assertThat(done).containsExactly("early", "late");
    }
}
