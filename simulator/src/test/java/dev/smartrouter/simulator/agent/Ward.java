package dev.smartrouter.simulator.agent;

import static org.awaitility.Awaitility.await;

import dev.smartrouter.simulator.cluster.PodRuntime;
import dev.smartrouter.simulator.cluster.PodRuntime.Container;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** A fleet under test with its router, and all that it tells anybody. */
final class Ward implements AutoCloseable {
    static final String POD = "voice-agent-0";
    static final Duration PATIENCE = Duration.ofSeconds(5);

    final MoodyRouter router = new MoodyRouter();
    final AgentFleet fleet;
    private final List<String> events = new CopyOnWriteArrayList<>();

    Ward() {
        this(settings -> settings);
    }

    Ward(UnaryOperator<FleetSettings> change) {
        fleet = new AgentFleet(change.apply(FleetSettings.of(router.uri())), new Watch());
    }

    /** What happened, in order: {@code joined voice-agent-0 u1 CA1}, {@code ready voice-agent-0}, … */
    List<String> events() {
        return events;
    }

    List<String> events(String kind) {
        return events.stream().filter(event -> event.startsWith(kind + " ")).toList();
    }

    Container starting(String pod) {
        return fleet.start(pod, "u1", "127.0.0.1", new Kubelet(pod));
    }

    Container started(String pod) {
        return startedAt(pod, "127.0.0.1");
    }

    Container startedAt(String pod, String ip) {
        events.remove("ready " + pod);
        var container = fleet.start(pod, "u1", ip, new Kubelet(pod));
        until("ready " + pod);
        return container;
    }

    void until(String event) {
        await().atMost(PATIENCE).until(() -> events.contains(event));
    }

    Socket socket(String pod, String sid) {
        return Socket.open(fleet.gateway(), "/ws/pod/" + pod + "/" + sid);
    }

    /** A call on the usual pod that has said who it is. */
    Socket call(String sid) {
        return socket(POD, sid).says(Caller.TWILIO.start(sid));
    }

    AgentWatch watch() {
        return new Watch();
    }

    URI gateway() {
        return fleet.gateway();
    }

    @Override
    public void close() {
        fleet.close();
        router.close();
    }

    private final class Kubelet implements PodRuntime.Signals {
        private final String pod;

        Kubelet(String pod) {
            this.pod = pod;
        }

        @Override
        public void ready(boolean ready) {
            events.add((ready ? "ready " : "unready ") + pod);
        }

        @Override
        public void crashed() {
            events.add("crashed " + pod);
        }
    }

    private final class Watch implements AgentWatch {
        @Override
        public void joined(String pod, String uid, String sid) {
            events.add("joined " + pod + " " + uid + " " + sid);
        }

        @Override
        public void left(String pod, String uid, String sid) {
            events.add("left " + pod + " " + uid + " " + sid);
        }

        @Override
        public void releasing(String sid, ReleasePath path) {
            events.add("releasing " + sid + " " + path);
        }

        @Override
        public void released(String sid, ReleasePath path, int status) {
            events.add("released " + sid + " " + path + " " + status);
        }
    }
}
