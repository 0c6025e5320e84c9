package dev.smartrouter.simulator.router;

import dev.smartrouter.simulator.fault.FaultProxy;
import dev.smartrouter.simulator.fault.Framing;
import dev.smartrouter.simulator.fault.Upstream;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Real routers, as a Deployment would have them, and one port for all of them, as a Service would have it. */
public final class RouterFleet implements AutoCloseable {
    private static final Duration PROBE = Duration.ofMillis(200);
    private static final Duration START = Duration.ofMinutes(2);
    private static final Duration GLANCE = Duration.ofMillis(20);

    private final FleetSettings settings;
    private final Asking asking = new Asking();
    private final CopyOnWriteArrayList<RouterReplica> replicas = new CopyOnWriteArrayList<>();
    private final Balancer balancer = new Balancer(() -> replicas, asking);
    private final ExecutorService background = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor(
            task -> Thread.ofPlatform().daemon().name("readiness-probe").unstarted(task));
    private final FaultProxy service;
    private final FaultProxy serviceAdmin;
    private volatile boolean closed;

    private RouterFleet(FleetSettings settings) {
        this.settings = settings;
        service = open(settings.port(), "HTTP_PORT", balancer.to(RouterReplica::api));
        try {
            serviceAdmin = open(settings.adminPort(), "METRICS_PORT", balancer.to(RouterReplica::admin));
        } catch (IllegalStateException e) {
            service.close();
            scheduler.shutdownNow();
            asking.close();
            throw e;
        }
    }

    /**
     * Returns when every router serves: when it answers, though perhaps Redis does not.
     *
     * @throws IllegalStateException if a port is in use, or a router does not start; nothing is left running
     */
    public static RouterFleet start(FleetSettings settings) {
        var fleet = new RouterFleet(settings);
        try {
            for (var i = 0; i < settings.replicas(); i++) fleet.replicas.add(fleet.launch(name(i)));
            fleet.replicas.forEach(fleet::awaitServing);
            var unused = fleet.scheduler.scheduleWithFixedDelay(
                    fleet.balancer::tick, 0, PROBE.toMillis(), TimeUnit.MILLISECONDS);
            return fleet;
        } catch (RuntimeException e) {
            fleet.close();
            throw e;
        }
    }

    /** One port for the API of all; a connection goes to a router that is ready. */
    public URI service() {
        return URI.create("http://localhost:" + service.port());
    }

    /** One port for the operator's pages of all. */
    public URI serviceAdmin() {
        return URI.create("http://localhost:" + serviceAdmin.port());
    }

    /** Those that are there, killed ones too until they are started again; in the order of their names. */
    public List<RouterReplica> replicas() {
        return List.copyOf(replicas);
    }

    /** How many of them the one port leads to at the moment. */
    public int serving() {
        return balancer.serving();
    }

    /** Whoever says that it leads; empty between two terms. */
    public Optional<RouterReplica> leader() {
        return replicas.stream().filter(RouterReplica::isLeader).findFirst();
    }

    /** Another in its place, under its name; if it is alive, it is killed first. Completed when the new one serves. */
    public CompletionStage<RouterReplica> restart(RouterReplica replica) {
        return CompletableFuture.supplyAsync(
                () -> {
                    replica.close();
                    return replace(replica);
                },
                background);
    }

    /** Each in turn: another that is ready takes its place, then it stops gently. Completed when the last has. */
    public CompletionStage<Void> roll() {
        return CompletableFuture.runAsync(
                () -> replicas().forEach(old -> {
                    replace(old);
                    old.stopGently();
                    old.close();
                }),
                background);
    }

    private RouterReplica replace(RouterReplica old) {
        var next = launch(old.name());
        try {
            awaitServing(next);
            take(old, next);
            return next;
        } catch (RuntimeException e) {
            next.close();
            throw e;
        }
    }

    private synchronized void take(RouterReplica old, RouterReplica next) {
        var slot = replicas.indexOf(old);
        if (slot < 0) throw new IllegalStateException(old.name() + " has been replaced already");
        if (closed) throw new IllegalStateException("the fleet is closed");
        replicas.set(slot, next);
    }

    private RouterReplica launch(String name) {
        return settings.apart()
                ? new ReplicaApart(name, settings, asking)
                : new ReplicaHere(name, settings.environment(), asking);
    }

    private void awaitServing(RouterReplica replica) {
        var latest = System.nanoTime() + START.toNanos();
        while (!asking.serves(replica.api()).join()) {
            if (replica instanceof ReplicaApart apart && !replica.isAlive()) {
                throw new IllegalStateException(replica.name() + " did not start: " + apart.lastWords());
            }
            if (closed) throw new IllegalStateException("the fleet is closed");
            if (System.nanoTime() > latest) {
                throw new IllegalStateException(replica.name() + " does not answer after " + START);
            }
            LockSupport.parkNanos(GLANCE.toNanos());
        }
        balancer.note(replica, true);
    }

    private static FaultProxy open(int port, String setting, Upstream upstream) {
        try {
            return FaultProxy.on(port, upstream, Framing.turns());
        } catch (IOException e) {
            throw new IllegalStateException(
                    "port " + port + " cannot be had (" + e.getMessage() + "): end what listens there, or set "
                            + setting + " to another; 0 is any free one",
                    e);
        }
    }

    private static String name(int ordinal) {
        return "smart-router-" + ordinal;
    }

    /** All are killed. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        scheduler.shutdownNow();
        service.close();
        serviceAdmin.close();
        replicas.forEach(RouterReplica::kill);
        replicas.forEach(RouterReplica::close);
        background.close(); // what was being started gives up
        asking.close();
    }
}
