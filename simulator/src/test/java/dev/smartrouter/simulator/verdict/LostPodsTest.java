package dev.smartrouter.simulator.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartrouter.simulator.verdict.LostPods.Holding;
import dev.smartrouter.simulator.verdict.LostPods.Inventory;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class LostPodsTest {
    private static final Map<String, String> FACTS = Map.of("status", "available");

    private final Tale tale = new Tale().at(0).pod("agent-0");

    @Test
    void aPodThatIsWellIsAvailableInOnePool() {
        assertThat(lost(List.of("pool:gold"), List.of())).isEmpty();
        assertThat(lost(List.of(), List.of())).singleElement().asString().contains("available in no pool");
        assertThat(lost(List.of("pool:gold", "merchant:acme"), List.of())).hasSize(1);
        assertThat(lost(List.of("pool:gold"), List.of("CA1"))).hasSize(1);
    }

    @Test
    void aPodThatTheStoreDoesNotKnowIsLost() {
        var nothing = new Inventory(new TreeMap<>(), new TreeSet<>());
        assertThat(LostPods.find(history(), history().lives().serving(), nothing))
                .singleElement()
                .asString()
                .contains("a pod lost: agent-0 is well, and the store has it not");
    }

    @Test
    void aPodThatIsNotWellIsNobodysLoss() {
        tale.pod("agent-1")
                .pod("agent-2")
                .pod("agent-3")
                .pod("agent-4")
                .pod("agent-5")
                .tell(ledger -> {
                    ledger.ready("agent-1", "agent-1-a", false);
                    ledger.terminating("agent-2", "agent-2-a");
                    ledger.crashed("agent-3", "agent-3-a");
                    ledger.drained("agent-4");
                    ledger.gone("agent-5", "agent-5-a");
                });
        assertThat(history().lives().serving()).containsExactly("agent-0");
    }

    @Test
    void aPodIsWellAgainWhenItIsReadyOrUndrainedOrAnother() {
        tale.pod("agent-3").pod("agent-4").pod("agent-5").tell(ledger -> {
            ledger.crashed("agent-3", "agent-3-a");
            ledger.ready("agent-3", "agent-3-a", true);
            ledger.drained("agent-4");
            ledger.undrained("agent-4");
            ledger.drained("agent-5");
            ledger.terminating("agent-5", "agent-5-a");
        });
        tale.at(3).pod("agent-5", "agent-5-b", 1);
        assertThat(history().lives().serving()).containsExactly("agent-0", "agent-3", "agent-4", "agent-5");
    }

    @Test
    void aCallThatNobodyGaveBackIsTold() {
        var store = new Inventory(new TreeMap<>(), new TreeSet<>(List.of("CA1", "CA2")));
        assertThat(LostPods.find(history(), new TreeSet<>(), store))
                .singleElement()
                .satisfies(broken -> {
                    assertThat(broken.evidence())
                            .isEqualTo("the store still has calls that are over: 2, such as [CA1, CA2]");
                    assertThat(broken.calls()).containsExactly("CA1", "CA2");
                });
    }

    private List<Broken> lost(List<String> pools, List<String> calls) {
        var holdings = new TreeMap<>(Map.of("agent-0", new Holding(pools, calls, FACTS, false)));
        return LostPods.find(history(), history().lives().serving(), new Inventory(holdings, new TreeSet<>()));
    }

    private History history() {
        return tale.ledger.history(true);
    }
}
