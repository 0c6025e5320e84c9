package dev.smartrouter.simulator.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Routers in processes of their own. */
class RoutersApartIT implements RouterFleetContract {
    private final Surroundings around = new Surroundings();

    @AfterEach
    void close() {
        around.close();
    }

    @Override
    public Surroundings around() {
        return around;
    }

    @Override
    public FleetSettings settings() {
        return FleetSettings.apart(3, around.environment());
    }

    @Test
    void aRouterThatCannotStartSaysWhyAndNothingIsLeft() {
        var wrong = new HashMap<>(around.environment());
        wrong.put("TIER_CONFIG", "{");
        var processes = ProcessHandle.current().descendants().count();
        assertThatThrownBy(() -> RouterFleet.start(FleetSettings.apart(1, wrong)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("smart-router-0 did not start: TIER_CONFIG");
        assertThat(ProcessHandle.current().descendants().count()).isEqualTo(processes);
    }

    /** As a test does that wants to know whether a faulty router is found out. */
    @Test
    void aScriptOfOnesOwnShadowsTheRouters(@TempDir Path classes) throws IOException {
        var script = classes.resolve("dev/smartrouter/pool/allocate.lua");
        Files.createDirectories(script.getParent());
        Files.writeString(script, "return redis.error_reply('shadowed')");
        var settings = FleetSettings.apart(1, around.environment()).withShadow(classes);
        try (var fleet = RouterFleet.start(settings)) {
            Surroundings.awaitReady(fleet);
            await("the shadow").untilAsserted(() -> assertThat(
                            Surroundings.allocate(fleet.service(), "CA1").orElseThrow().statusCode())
                    .isEqualTo(500));
        }
    }
}
