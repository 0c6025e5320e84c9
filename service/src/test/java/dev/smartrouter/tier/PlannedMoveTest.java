package dev.smartrouter.tier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartrouter.PodName;
import dev.smartrouter.PoolName;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What would move, and when. */
class PlannedMoveTest {
    @Test
    void whereNothingIsOverOrUnderItsTargetNothingMoves() {
        assertThat(moves("{\"gold\":1,\"silver\":1}", pod(0, "gold", 0), pod(1, "silver", 0)))
                .isEmpty();
    }

    @Test
    void idlePodsMoveAtOnceAndBusyOnesAfterTheirCalls() {
        assertThat(moves(
                        "{\"gold\":1,\"silver\":3}",
                        pod(0, "gold", 1),
                        pod(1, "gold", 0),
                        pod(2, "gold", 1),
                        pod(3, "silver", 0)))
                .containsExactly("agent-1 gold > silver now", "agent-0 gold > silver idle");
    }

    @Test
    void aPodOfATierThatGoesMovesAtOnceThoughItIsBusy() {
        assertThat(moves("{\"silver\":1}", pod(0, "gold", 1))).containsExactly("agent-0 gold > silver now");
    }

    @Test
    void aPodOutOfServiceMovesOnceItServes() {
        var unready = new AssignedPod(new PodName("agent-0"), new PoolName("pool:gold"), 0, false);
        assertThat(moves("{\"gold\":0,\"silver\":1}", unready)).containsExactly("agent-0 gold > silver idle");
    }

    @Test
    void onceMadeThereIsNothingLeftToMove() {
        var config = TierConfig.parse("{\"gold\":2,\"silver\":3,\"basic\":1}");
        var pods = IntStream.range(0, 8)
                .mapToObj(i -> pod(i, i < 6 ? "gold" : "lead", i % 2))
                .toList();
        var pools = new HashMap<PodName, PoolName>();
        pods.forEach(pod -> pools.put(pod.pod(), pod.pool()));
        PlannedMove.of(config, pods).forEach(planned -> {
            assertThat(pools.get(planned.move().pod())).isEqualTo(planned.move().from());
            pools.put(planned.move().pod(), planned.move().to());
        });
        var after = pools.entrySet().stream()
                .map(pod -> new AssignedPod(pod.getKey(), pod.getValue(), 0, true))
                .toList();
        assertThat(PlannedMove.of(config, after)).isEmpty();
    }

    private static List<String> moves(String config, AssignedPod... pods) {
        return PlannedMove.of(TierConfig.parse(config), Arrays.asList(pods)).stream()
                .map(planned ->
                        planned.move().pod() + " " + planned.move().from().tier() + " > "
                                + planned.move().to().tier() + (planned.atOnce() ? " now" : " idle"))
                .toList();
    }

    private static AssignedPod pod(int number, String tier, int calls) {
        return new AssignedPod(new PodName("agent-" + number), new PoolName("pool:" + tier), calls, true);
    }
}
