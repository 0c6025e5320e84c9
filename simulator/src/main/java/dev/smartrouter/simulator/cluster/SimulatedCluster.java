package dev.smartrouter.simulator.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A Kubernetes API on a port of this machine, and the voice agents' StatefulSet in it: pods with ordinals and stable
 * names, that start, become ready, crash, terminate gracefully, and come again with another UID. Routers find it by its
 * kubeconfig and their own client, as they would any cluster.
 */
public final class SimulatedCluster implements AutoCloseable {
    private static final int STOP_SECONDS = 5;

    private final ClusterSettings settings;
    private final ApiServer server;
    private final KubernetesClient client;
    private final PodRequests api;
    private final StatefulSet set;
    private final Kubelet kubelet;
    private final Loop loop;
    private final ScheduledExecutorService scheduler;
    private final Path kubeconfig;

    /**
     * Starts the API and, in the background, the pods.
     *
     * @param runtime runs what is in them
     * @param watch told of what becomes of them, by one thread
     */
    public SimulatedCluster(ClusterSettings settings, PodRuntime runtime, PodWatch watch) {
        this.settings = settings;
        scheduler = Executors.newSingleThreadScheduledExecutor(
                task -> Thread.ofPlatform().daemon().name("cluster").unstarted(task));
        loop = new Loop(scheduler, this::turn);
        server = new ApiServer(loop::poke);
        client = server.client();
        api = new PodRequests(client, settings);
        set = new StatefulSet(api, settings, watch);
        kubelet = new Kubelet(api, settings, runtime, watch, loop, Clock.systemUTC());
        kubeconfig = write(kubeconfig());
        loop.start();
    }

    /** Where the API is, in front of which a proxy can stand. */
    public URI apiServer() {
        return server.uri();
    }

    /** What leads to the API: the text of a kubeconfig. */
    public String kubeconfig() {
        return kubeconfig(apiServer().getPort());
    }

    /** What leads there through a port of this machine. */
    public String kubeconfig(int port) {
        return """
                apiVersion: v1
                kind: Config
                current-context: simulator
                clusters: [{name: simulator, cluster: {server: "http://127.0.0.1:%d"}}]
                users: [{name: anyone, user: {token: none}}]
                contexts: [{name: simulator, context: {cluster: simulator, user: anyone, namespace: %s}}]
                """.formatted(port, settings.namespace());
    }

    /** Deleted when the cluster is closed. */
    public Path kubeconfigFile() {
        return kubeconfig;
    }

    /** Pods that are wanted now. */
    public int replicas() {
        return set.replicas();
    }

    /** @return completed once as many pods are ready and the others are gone; or later, if more is wanted meanwhile */
    public CompletionStage<Void> scale(int replicas) {
        if (replicas < 0) throw new IllegalArgumentException("replicas must be >= 0: " + replicas);
        return settled(() -> set.scale(replicas));
    }

    /**
     * Each pod ends gracefully and comes again, from the highest ordinal, each ready before the next ends.
     *
     * @return completed once the last one is ready
     */
    public CompletionStage<Void> rollingRestart() {
        return settled(set::restart);
    }

    /**
     * The pod is gone at once, and another comes under its name.
     *
     * @throws IllegalArgumentException if no such pod runs
     */
    public void kill(String pod) {
        await(loop.post(() -> kubelet.kill(pod)));
    }

    /** The pod ends gracefully, and then another comes under its name; returns when it is terminating. */
    public void delete(String pod) {
        await(loop.post(() -> api.delete(pod)));
    }

    /**
     * The node throws the pod out: it has failed, and is listed so until it is replaced.
     *
     * @throws IllegalArgumentException if no such pod runs
     */
    public void evict(String pod) {
        await(loop.post(() -> kubelet.evict(pod)));
    }

    /** @throws IllegalStateException if not all pods are ready within this time */
    public void awaitReady(Duration patience) {
        try {
            settled(() -> {}).toCompletableFuture().get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException("not all " + set.replicas() + " pods are ready after " + patience, e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while pods start", e);
        }
    }

    /** Containers are killed. */
    @Override
    public void close() {
        if (scheduler.isShutdown()) return;
        await(loop.post(() -> {
            set.close();
            kubelet.close();
            scheduler.shutdownNow(); // graces and back-offs end with it
        }));
        try {
            var unused = scheduler.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
            Files.deleteIfExists(kubeconfig);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            client.close();
            server.close();
        }
    }

    private static Path write(String kubeconfig) {
        try {
            return Files.writeString(Files.createTempFile("kubeconfig-of-simulator", ".yml"), kubeconfig);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void turn() {
        server.forgetRequests();
        var pods = api.list();
        kubelet.tick(pods);
        set.tick(pods);
    }

    private CompletionStage<Void> settled(Runnable change) {
        return CompletableFuture.runAsync(change, scheduler)
                .thenComposeAsync(
                        nothing -> {
                            var stage = set.settled();
                            loop.poke();
                            return stage;
                        },
                        scheduler);
    }

    private static void await(CompletableFuture<Void> task) {
        try {
            task.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) throw cause;
            throw e;
        }
    }
}
