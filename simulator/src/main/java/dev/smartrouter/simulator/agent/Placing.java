package dev.smartrouter.simulator.agent;

import dev.smartrouter.simulator.agent.Placement.Direct;
import dev.smartrouter.simulator.agent.Placement.Isolated;
import dev.smartrouter.simulator.agent.Placement.NotIsolated;
import dev.smartrouter.simulator.agent.Placement.Nowhere;
import dev.smartrouter.simulator.agent.RouterAnswer.Allocated;
import dev.smartrouter.simulator.agent.RouterAnswer.Failed;
import dev.smartrouter.simulator.agent.RouterAnswer.NoPods;
import dev.smartrouter.simulator.agent.RouterAnswer.NotAsked;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The agent's own way to a pod: what the flags say, then what the router says, then any pod if the router fails. A
 * router that says it is full is no failure: a call that it turned away would land on somebody's exclusive pod.
 */
final class Placing {
    private static final String BREAKER = "the circuit breaker is open";

    private final URI router;
    private final LiveConfig config;
    private final RouterClient client;
    private final Expected expected;
    private final Supplier<Optional<AgentPod>> anyPod;
    private final Supplier<URI> gateway;

    Placing(Surroundings around, LiveConfig config, Supplier<Optional<AgentPod>> anyPod, Supplier<URI> gateway) {
        this.router = around.settings().router();
        this.client = around.router();
        this.expected = around.expected();
        this.config = config;
        this.anyPod = anyPod;
        this.gateway = gateway;
    }

    /** Blocks for as long as the router's client does. */
    Placement place(AllocateRequest call) {
        var flags = config.flags();
        var open = client.breakerOpen();
        if (!flags.isolates(call.merchantId(), open)) return anywhere(call, open ? BREAKER : "the flags say so");
        if (flags.twilioDirect() && call.provider().equals("twilio")) return direct(call);
        return switch (client.allocate(call)) {
            case Allocated(var pod, var socket) -> {
                expected.expect(call.callSid());
                yield new Isolated(pod, socket);
            }
            case NoPods() -> new Nowhere("no pods available");
            case Failed(var why) -> failed(flags, call, why);
            case NotAsked() -> failed(flags, call, BREAKER);
        };
    }

    private Placement failed(Flags flags, AllocateRequest call, String why) {
        return flags.fallback() ? anywhere(call, why) : new Nowhere(why);
    }

    private Placement direct(AllocateRequest call) {
        var query = call.merchantId().isEmpty()
                ? ""
                : "?merchant_id=" + URLEncoder.encode(call.merchantId(), StandardCharsets.UTF_8);
        return new Direct(URI.create(router.toString().replaceAll("/+$", "") + "/api/v1/twilio/allocate" + query));
    }

    private Placement anywhere(AllocateRequest call, String why) {
        return anyPod.get()
                .<Placement>map(pod -> new NotIsolated(
                        pod.pod(), gateway.get().resolve("/ws/pod/" + pod.pod() + "/" + call.callSid()), why))
                .orElseGet(() -> new Nowhere("no agent runs"));
    }
}
