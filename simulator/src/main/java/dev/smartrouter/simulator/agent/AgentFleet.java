package dev.smartrouter.simulator.agent;

import dev.smartrouter.simulator.cluster.PodRuntime;
import java.net.URI;
import java.time.Clock;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The software of all voice-agent pods, in this process: a cluster starts and stops it, providers call its gateway, and
 * somebody may break it on cue. Safe for many threads. A cue for a pod that does not run does nothing and returns false.
 */
public final class AgentFleet implements PodRuntime, AutoCloseable {
    private final Map<String, AgentPod> pods = new ConcurrentHashMap<>();
    private final SettableConfig config = new SettableConfig(Flags.ALL_CALLS);
    private final Surroundings around;
    private final Gateway gateway;
    private final VoiceApi api;

    /** @throws java.io.UncheckedIOException if a port cannot be had; nothing is left running */
    public AgentFleet(FleetSettings settings, AgentWatch watch) {
        var timers = new Timers();
        var router = new RouterClient(settings.router(), settings.apiKey(), Clock.systemUTC());
        var releases = new Releases(router, watch, timers);
        var expected = new Expected(settings, timers, releases);
        around = new Surroundings(settings, watch, router, timers, releases, expected, new Metronome());
        gateway = new Gateway(settings.ports().gateway(), this::find);
        try {
            gateway.listen();
            api = new VoiceApi(new Placing(around, config, this::leastBusy, this::gateway), config, around);
        } catch (RuntimeException e) {
            gateway.close();
            around.close();
            throw e;
        }
    }

    /** Where media sockets go: {@code ws://localhost:PORT}. */
    public URI gateway() {
        return URI.create("ws://localhost:" + gateway.getPort());
    }

    /** Where {@code /voice/…} is: {@code http://localhost:PORT}. */
    public URI api() {
        return api.uri();
    }

    /** The flags of all agents, to be set while calls come in. */
    public SettableConfig config() {
        return config;
    }

    @Override
    public Container start(String pod, String uid, String ip, Signals signals) {
        var run = new AgentPod(around, pod, uid, ip, signals);
        var before = pods.put(pod, run);
        if (before != null) before.kill();
        var unused = run.ended().thenRun(() -> pods.remove(pod, run));
        run.start();
        return run;
    }

    /** A call has got a pod: if it does not come with a socket in time, it is released. */
    public void expect(String sid) {
        around.expected().expect(sid);
    }

    /** The container dies by itself, with all its sockets; its kubelet is told. */
    public boolean crash(String pod) {
        return cue(pod, AgentPod::crash);
    }

    /**
     * The agent accepts nothing, says nothing and releases nothing, and its sockets stay open. Its readiness stays as it
     * is. It drains and dies as before.
     */
    public boolean hang(String pod) {
        return cue(pod, run -> run.stall().begin());
    }

    /** A hanging agent goes on with all that came meanwhile. */
    public boolean wake(String pod) {
        return cue(pod, run -> run.stall().end());
    }

    /** The readiness probe's answer changes, and nothing else. */
    public boolean flap(String pod, boolean ready) {
        return cue(pod, run -> run.ready(ready));
    }

    /** Whether agents give nothing back by themselves; what a provider reports as over they still release. */
    public void forget(boolean all) {
        around.releases().forget(all);
    }

    private boolean cue(String pod, Consumer<AgentPod> deed) {
        var run = find(pod);
        run.ifPresent(deed);
        return run.isPresent();
    }

    private Optional<AgentPod> find(String pod) {
        return Optional.ofNullable(pods.get(pod));
    }

    private Optional<AgentPod> leastBusy() {
        return pods.values().stream()
                .filter(AgentPod::inviting)
                .min(Comparator.comparingInt(AgentPod::sockets).thenComparing(AgentPod::pod));
    }

    /** Kills what runs. */
    @Override
    public void close() {
        pods.values().forEach(AgentPod::kill);
        api.close();
        gateway.close();
        around.close();
    }
}
