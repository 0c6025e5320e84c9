package dev.smartrouter.simulator.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartrouter.CallSid;
import dev.smartrouter.PodName;
import dev.smartrouter.cluster.AgentCalls;
import dev.smartrouter.pod.Incarnation;
import dev.smartrouter.pool.PodSighting;
import dev.smartrouter.simulator.agent.FleetSettings.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Asked by the router's own code. */
@EnabledOnOs(OS.LINUX)
class OwnPortIT {
    private final int port = freePort();
    private final Ward ward = new Ward(settings -> settings.on(new Ports(0, 0, port)));
    private final AgentCalls router = new AgentCalls(port);

    @AfterEach
    void close() {
        router.close();
        ward.close();
    }

    @Test
    void everyPodSaysItsOwnCalls() {
        ward.startedAt("voice-agent-0", "127.1.0.1");
        ward.startedAt("voice-agent-1", "127.1.0.2");
        try (var one = ward.socket("voice-agent-0", "CA1");
                var two = ward.socket("voice-agent-0", "CA2")) {
            ward.until("joined voice-agent-0 u1 CA1");
            ward.until("joined voice-agent-0 u1 CA2");
            assertThat(callsAt("127.1.0.1")).contains(Set.of(new CallSid("CA1"), new CallSid("CA2")));
            assertThat(callsAt("127.1.0.2")).contains(Set.of());
            assertThat(one).isNotSameAs(two);
        }
    }

    @Test
    void whatHangsSaysNothing() {
        ward.startedAt("voice-agent-0", "127.1.0.1");
        ward.fleet.hang("voice-agent-0");
        assertThat(callsAt("127.1.0.1")).isEmpty();
        ward.fleet.wake("voice-agent-0");
        assertThat(callsAt("127.1.0.1")).contains(Set.of());
    }

    @Test
    void aPodThatComesAgainHasItsPortAgain() {
        ward.startedAt("voice-agent-0", "127.1.0.1").kill();
        assertThat(callsAt("127.1.0.1")).isEmpty();
        ward.startedAt("voice-agent-0", "127.1.0.1");
        assertThat(callsAt("127.1.0.1")).contains(Set.of());
    }

    @Test
    void aPodWithoutItsPortServesAllTheSame() {
        ward.startedAt("voice-agent-0", "127.1.0.1");
        ward.startedAt("voice-agent-1", "127.1.0.1");
        try (var socket = ward.socket("voice-agent-1", "CA1")) {
            ward.until("joined voice-agent-1 u1 CA1");
            assertThat(socket.closed()).isNotDone();
        }
    }

    private Optional<Set<CallSid>> callsAt(String ip) {
        return router.of(new PodSighting(
                new PodName("voice-agent-0"),
                Incarnation.of("u1", Instant.EPOCH, 0),
                Instant.EPOCH,
                true,
                false,
                false,
                ip,
                "{}"));
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
