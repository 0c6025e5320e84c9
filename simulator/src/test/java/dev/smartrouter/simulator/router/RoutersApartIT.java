package dev.smartrouter.simulator.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
        return FleetSettings.apart(2, around.environment());
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
    void resourcesOfOnesOwnShadowTheRouters(@TempDir Path classes) throws IOException {
        var packaged = classes.resolve("dev/smartrouter/app/smart-router.yml");
        Files.createDirectories(packaged.getParent());
        Files.writeString(packaged, "settings: {shadowed: true}");
        var settings = FleetSettings.apart(1, around.environment()).withShadow(classes);
        assertThatThrownBy(() -> RouterFleet.start(settings)).hasMessageContaining("shadowed");
    }
}
