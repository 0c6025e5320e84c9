package dev.smartrouter.simulator;

import dev.smartrouter.simulator.router.RouterReplica;
import dev.smartrouter.simulator.scenario.Deed;
import java.time.Duration;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What can be done to a world; what lasts for a while is undone when the while is over. */
final class Deeds implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Deeds.class);

    private final World world;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Deque<CompletableFuture<?>> going = new ConcurrentLinkedDeque<>();
    private final CountDownLatch ending = new CountDownLatch(1);

    Deeds(World world) {
        this.world = world;
    }

    /** @return completed when it is done, and undone if it lasts for a while; with the cause if it could not be done */
    CompletableFuture<Void> start(Deed deed) {
        world.ledger().happened(words(deed));
        var whole = CompletableFuture.supplyAsync(() -> perform(deed), threads)
                .thenCompose(stage -> stage)
                .toCompletableFuture();
        going.add(whole);
        return whole.whenComplete((nothing, failure) -> {
            going.remove(whole);
            if (failure == null) return;
            log.warn("{} could not be done: {}", words(deed), failure.getMessage());
            world.ledger().happened("not done: " + words(deed));
        });
    }

    /** What lasts for a while ends now; what takes its time, as a rolling restart does, gets this much more of it. */
    void finish(Duration patience) {
        ending.countDown();
        try {
            CompletableFuture.allOf(going.toArray(CompletableFuture<?>[]::new))
                    .exceptionally(failure -> null)
                    .get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            log.warn("{} deeds did not come to their end within {}", going.size(), patience);
        }
    }

    private CompletionStage<Void> perform(Deed deed) {
        var agents = world.agents();
        switch (deed) {
            case Deed.KillPod(var pod) -> world.cluster().kill(World.pod(pod));
            case Deed.CrashPod(var pod) -> agents.crash(World.pod(pod));
            case Deed.HangPod(var pod, var lasts) -> {
                if (!agents.hang(World.pod(pod))) break;
                world.ledger().hung(World.pod(pod), lasts);
                pass(lasts, () -> agents.wake(World.pod(pod)));
            }
            case Deed.UnreadyPod(var pod, var lasts) -> {
                agents.flap(World.pod(pod), false);
                pass(lasts, () -> agents.flap(World.pod(pod), true));
            }
            case Deed.DrainPod(var pod) -> {
                world.ledger().drained(World.pod(pod));
                world.operator().drain(World.pod(pod));
            }
            case Deed.UndrainPod(var pod) -> {
                world.operator().undrain(World.pod(pod));
                world.ledger().undrained(World.pod(pod));
            }
            case Deed.ScaleAgents(var replicas) -> {
                return world.cluster().scale(replicas);
            }
            case Deed.RollAgents() -> {
                return world.cluster().rollingRestart();
            }
            case Deed.RollRouters() -> {
                return world.routers().roll();
            }
            case Deed.KillRouter(var router) -> {
                return killAndRestart(world.routers().replicas().get(router));
            }
            case Deed.KillLeader() -> {
                var leader = world.routers().leader();
                if (leader.isPresent()) return killAndRestart(leader.get());
                log.warn("nobody leads, so no leader was killed");
            }
            case Deed.PauseRouter(var router, var lasts) -> {
                var paused = world.routers().replicas().get(router);
                paused.pause();
                pass(lasts, paused::resume);
            }
            case Deed.CutKubernetes(var lasts) -> {
                world.kubernetesDoor().refuse();
                world.kubernetesDoor().cut();
                pass(lasts, world.kubernetesDoor()::admit);
            }
            case Deed.FlushRedis() -> world.redis().flush();
            case Deed.RestartRedis() -> world.redis().restart();
            case Deed.FreezeRedis(var lasts) -> {
                world.redisDoor().freeze();
                pass(lasts, world.redisDoor()::thaw);
            }
            case Deed.SlowRedis(var by, var lasts) -> {
                world.redisDoor().delay(by.dividedBy(2), by.dividedBy(2));
                pass(lasts, () -> world.redisDoor().delay(Duration.ZERO, Duration.ZERO));
            }
            case Deed.CutRedis() -> world.redisDoor().cut();
            case Deed.DropReplies(var lasts) -> {
                world.redisDoor().dropReplies(false);
                pass(lasts, world.redisDoor()::passReplies);
            }
            case Deed.AgentsForget(var lasts) -> {
                agents.forget(true);
                pass(lasts, () -> agents.forget(false));
            }
            case Deed.SetTiers(var json) -> world.operator().tiers(json);
        }
        return CompletableFuture.completedStage(null);
    }

    private CompletionStage<Void> killAndRestart(RouterReplica router) {
        router.kill();
        return world.routers().restart(router).thenAccept(next -> {});
    }

    /** On a thread of the deed's own: waits, and undoes it; at once when the story ends. */
    private void pass(Duration lasts, Runnable undo) {
        try {
            var unused = ending.await(lasts.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            undo.run();
        }
    }

    /** What is done, for people. */
    static String words(Deed deed) {
        return switch (deed) {
            case Deed.KillPod(var pod) -> World.pod(pod) + " killed";
            case Deed.CrashPod(var pod) -> World.pod(pod) + " crashes";
            case Deed.HangPod(var pod, var lasts) -> World.pod(pod) + " hangs" + during(lasts);
            case Deed.UnreadyPod(var pod, var lasts) -> World.pod(pod) + " not ready" + during(lasts);
            case Deed.DrainPod(var pod) -> World.pod(pod) + " drained";
            case Deed.UndrainPod(var pod) -> World.pod(pod) + " undrained";
            case Deed.ScaleAgents(var replicas) -> "agents scaled to " + replicas;
            case Deed.RollAgents() -> "agents roll";
            case Deed.RollRouters() -> "routers roll";
            case Deed.KillRouter(var router) -> "router " + router + " killed";
            case Deed.KillLeader() -> "leader killed";
            case Deed.PauseRouter(var router, var lasts) -> "router " + router + " paused" + during(lasts);
            case Deed.CutKubernetes(var lasts) -> "Kubernetes out of reach" + during(lasts);
            case Deed.FlushRedis() -> "Redis flushed";
            case Deed.RestartRedis() -> "Redis restarted empty";
            case Deed.FreezeRedis(var lasts) -> "Redis frozen" + during(lasts);
            case Deed.SlowRedis(var by, var lasts) -> "Redis slower by " + by.toMillis() + " ms" + during(lasts);
            case Deed.CutRedis() -> "Redis' connections cut";
            case Deed.DropReplies(var lasts) -> "Redis' replies dropped" + during(lasts);
            case Deed.AgentsForget(var lasts) -> "agents forget to release" + during(lasts);
            case Deed.SetTiers(var json) -> "tiers changed";
        };
    }

    private static String during(Duration lasts) {
        return " for %.1f s".formatted(lasts.toMillis() / 1e3);
    }

    @Override
    public void close() {
        ending.countDown();
        threads.shutdown();
    }
}
