package dev.smartrouter.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartrouter.PodName;
import dev.smartrouter.PoolName;
import dev.smartrouter.pod.Incarnation;
import dev.smartrouter.pod.PodState;
import dev.smartrouter.pool.Upkeep.Seen;
import dev.smartrouter.tier.TierConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PoolFiguresTest {

    private final List<Seen> fleet = new ArrayList<>();
    private final PoolFigures figures = new PoolFigures(() -> fleet, () -> TierConfig.DEFAULT);

    @Test
    void aTierWithoutPodsHasNone() {
        assertThat(figures.assigned()).containsAllEntriesOf(Map.of("gold", 0L, "standard", 0L, "basic", 0L));
        assertThat(figures.available()).containsAllEntriesOf(Map.of("gold", 0L, "standard", 0L, "basic", 0L));
    }

    @Test
    void anExclusivePodWithACallIsTakenAndASharedOneOnlyWhenFull() {
        fleet.add(pod("a", "pool:gold", PodState.ALLOCATED, 1, false, false));
        fleet.add(pod("b", "pool:gold", PodState.AVAILABLE, 0, false, false));
        fleet.add(pod("c", "pool:basic", PodState.ALLOCATED, 2, false, false));
        fleet.add(pod("d", "pool:basic", PodState.ALLOCATED, 3, false, false));
        assertThat(figures.assigned()).containsEntry("gold", 2L).containsEntry("basic", 2L);
        assertThat(figures.available()).containsEntry("gold", 1L).containsEntry("basic", 1L);
    }

    @Test
    void aPodThatDrainsOrIsHeldOrHasNoTierIsCountedAsSuch() {
        fleet.add(pod("a", "pool:gold", PodState.DRAINING, 0, true, false));
        fleet.add(pod("b", "pool:basic", PodState.ALLOCATED, 1, false, true));
        fleet.add(pod("c", "merchant:acme", PodState.AVAILABLE, 0, false, false));
        assertThat(figures.available())
                .containsEntry("gold", 0L)
                .containsEntry("basic", 0L)
                .containsEntry("acme", 1L);
    }

    private static Seen pod(String name, String pool, PodState state, int calls, boolean draining, boolean held) {
        return new Seen(
                new PodName(name), new PoolName(pool), state, calls, draining, true, false, held, Incarnation.LEGACY);
    }
}
