package dev.smartrouter.simulator.router;

import dev.smartrouter.app.RouterProcess;
import dev.smartrouter.simulator.fault.FaultProxy;
import dev.smartrouter.simulator.fault.Framing;
import dev.smartrouter.simulator.fault.Upstream;
import dev.smartrouter.simulator.redis.RedisAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A router in this process. All that it says and hears goes through proxies of its own, where it can be cut off. */
final class ReplicaHere implements RouterReplica {
    private static final Logger log = LoggerFactory.getLogger(ReplicaHere.class);
    /** Whoever was sent here a moment ago has said what it wants by then. */
    private static final Duration UNDER_WAY = Duration.ofSeconds(1);

    private final String name;
    private final Asking asking;
    private final List<FaultProxy> proxies = new ArrayList<>();
    private final List<Path> files = new ArrayList<>();
    private final RouterProcess router;
    private final FaultProxy api;
    private final FaultProxy admin;
    private volatile boolean alive = true;
    private boolean ended;

    /** @throws IllegalStateException if it cannot start; nothing is left of it */
    ReplicaHere(String name, Map<String, String> environment, Asking asking) {
        this.name = name;
        this.asking = asking;
        try {
            router = RouterProcess.start(surrounded(environment));
            api = proxy(Upstream.at("127.0.0.1", router.httpPort()), Framing.turns());
            admin = proxy(Upstream.at("127.0.0.1", router.metricsPort()), Framing.turns());
        } catch (RuntimeException e) {
            tidy();
            throw e;
        }
    }

    private Map<String, String> surrounded(Map<String, String> environment) {
        var own = new HashMap<>(environment);
        own.putAll(Map.of("POD_NAME", name, "HTTP_PORT", "0", "METRICS_PORT", "0"));
        var redis = RedisAddress.parse(environment.getOrDefault("REDIS_URL", "redis://localhost:6379"));
        var toRedis = proxy(Upstream.at(redis::socket), Framing.redis());
        own.put("REDIS_URL", redis.through(toRedis.port()).toString());
        if (environment.containsKey("KUBECONFIG")) {
            var kubeconfig = Kubeconfig.read(Path.of(environment.get("KUBECONFIG")));
            kubeconfig.server().ifPresent(server -> {
                var file = kubeconfig.through(
                        proxy(Upstream.at(() -> server), Framing.turns()).port());
                files.add(file);
                own.put("KUBECONFIG", file.toString());
            });
        }
        return own;
    }

    private FaultProxy proxy(Upstream upstream, Framing framing) {
        var proxy = FaultProxy.before(upstream, framing);
        proxies.add(proxy);
        return proxy;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public URI api() {
        return URI.create("http://localhost:" + api.port());
    }

    @Override
    public URI admin() {
        return URI.create("http://localhost:" + admin.port());
    }

    @Override
    public boolean isReady() {
        return alive && asking.isReady(api());
    }

    @Override
    public boolean isLeader() {
        return alive && asking.isLeader(api());
    }

    @Override
    public boolean isAlive() {
        return alive;
    }

    @Override
    public void kill() {
        if (!alive) return;
        alive = false;
        proxies.forEach(FaultProxy::close);
        Thread.ofPlatform().daemon().name("end-of-" + name).start(this::end);
    }

    @Override
    public void pause() {
        proxies.forEach(FaultProxy::freeze);
    }

    @Override
    public void resume() {
        proxies.forEach(FaultProxy::thaw);
    }

    @Override
    public void stopGently() {
        alive = false; // for the Service, which sends nobody here any more
        LockSupport.parkNanos(UNDER_WAY.toNanos());
        end();
    }

    @Override
    public void close() {
        kill();
        end();
    }

    /** Requests in flight are finished, if they can be. */
    private synchronized void end() {
        if (ended) return;
        ended = true;
        try {
            router.close();
        } catch (IllegalStateException e) {
            log.warn("{} did not end well: {}", name, e.getMessage());
        }
        tidy();
    }

    private void tidy() {
        proxies.forEach(FaultProxy::close);
        try {
            for (var file : files) Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
