package dev.smartrouter.simulator.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.smartrouter.simulator.agent.FleetSettings.Ports;
import java.io.UncheckedIOException;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PortsIT {
    private final Ward ward = new Ward();

    @AfterEach
    void close() {
        ward.close();
    }

    @Test
    void aGatewaysPortInUseIsToldByItsNumber() {
        var taken = ward.gateway().getPort();
        assertThatThrownBy(() -> another(new Ports(taken, 0, 0)))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(String.valueOf(taken));
    }

    @Test
    void anApisPortInUseLeavesNoGatewayBehind() {
        var taken = ward.fleet.api().getPort();
        var gateway = freed();
        assertThatThrownBy(() -> another(new Ports(gateway, taken, 0)))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(String.valueOf(taken));
        try (var fleet = fleet(new Ports(gateway, 0, 0))) {
            assertThat(fleet.gateway()).isEqualTo(URI.create("ws://localhost:" + gateway));
        }
    }

    private int freed() {
        try (var fleet = fleet(new Ports(0, 0, 0))) {
            return fleet.gateway().getPort();
        }
    }

    private void another(Ports ports) {
        fleet(ports).close();
    }

    private AgentFleet fleet(Ports ports) {
        return new AgentFleet(FleetSettings.of(ward.router.uri()).on(ports), ward.watch());
    }
}
