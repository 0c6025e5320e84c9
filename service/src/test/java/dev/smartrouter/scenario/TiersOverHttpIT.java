package dev.smartrouter.scenario;

import static dev.smartrouter.scenario.ClusterTown.pods;
import static dev.smartrouter.scenario.ClusterTown.within;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.smartrouter.pool.StoreLaws;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An operator changes the tiers over HTTP, having asked what would move. */
class TiersOverHttpIT {
    private static final String TIERS = "/api/v1/config/tiers";

    private final ClusterTown town = ClusterTown.found().with("RECONCILE_INTERVAL", "1s");

    @AfterEach
    void close() {
        town.close();
    }

    @Test
    void whatADryRunSaysIsWhatHappens() {
        town.tiers("{\"gold\":4,\"silver\":2}").agents(6).routers(2);
        town.awaitAvailable(pods(0, 6));
        var busy = town.caller().allocate("CA-talking").json().path("pod_name").asText();

        var wanted = "{\"gold\":1,\"silver\":4,\"bronze\":1}";
        var preview =
                town.caller(1).put(TIERS + "?dry_run=true", wanted).is(200).json();
        assertThat(preview.path("follows_cluster").asBoolean()).isTrue();
        assertThat(preview.path("moves")).hasSize(3).allSatisfy(move -> {
            assertThat(move.path("when").asText()).isEqualTo("now");
            assertThat(move.path("pod_name").asText()).isNotEqualTo(busy);
        });
        assertThat(poolOfEach())
                .as("a dry run")
                .containsEntry(busy, "pool:gold")
                .doesNotContainValue("pool:bronze");

        var expected = poolOfEach();
        preview.path("moves").forEach(move -> expected.put(text(move, "pod_name"), text(move, "to")));
        town.caller(1).put(TIERS, wanted, "If-Match", "*").is(200);
        within(Duration.ofSeconds(15), "moved")
                .untilAsserted(() -> assertThat(poolOfEach()).isEqualTo(expected));
        town.caller().release("CA-talking").is(200);
        StoreLaws.assertHold(town.keys());
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asText();
    }

    private Map<String, String> poolOfEach() {
        var pools = new TreeMap<String, String>();
        town.pools().forEach((pool, members) -> members.forEach(pod -> pools.put(pod, pool)));
        return pools;
    }
}
