package dev.smartrouter.simulator.cluster;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The voice agents' controller: as many pods as are wanted, of the wanted revision. Turned by one thread. */
final class StatefulSet {
    private final PodRequests api;
    private final ClusterSettings settings;
    private final PodWatch watch;
    private final List<CompletableFuture<Void>> waiting = new ArrayList<>();
    private volatile int replicas;
    private int revision = 1;

    StatefulSet(PodRequests api, ClusterSettings settings, PodWatch watch) {
        this.api = api;
        this.settings = settings;
        this.watch = watch;
        this.replicas = settings.replicas();
    }

    void scale(int wanted) {
        replicas = wanted;
    }

    /** Every pod that is there will be another. */
    void restart() {
        revision++;
    }

    /** Completed once as many pods as are wanted, of the wanted revision, are ready, and no other is left. */
    CompletionStage<Void> settled() {
        var stage = new CompletableFuture<Void>();
        waiting.add(stage);
        return stage;
    }

    int replicas() {
        return replicas;
    }

    void tick(List<Pod> pods) {
        var members = pods.stream()
                .flatMap(pod -> SetMember.of(pod, settings.prefix()).stream())
                .toList();
        var plan = new SetPlan(replicas, Integer.toString(revision), settings.parallel());
        for (var step : plan.next(members)) {
            switch (step) {
                case SetPlan.Step.Create(var ordinal) -> {
                    var created = api.create(ordinal, plan.revision()).getMetadata();
                    watch.born(created.getName(), created.getUid());
                }
                case SetPlan.Step.Delete(var ordinal) -> api.delete(settings.pod(ordinal));
            }
        }
        if (!plan.isDone(members)) return;
        waiting.forEach(stage -> stage.complete(null));
        waiting.clear();
    }

    /** Nobody waits any longer. */
    void close() {
        waiting.forEach(stage -> stage.completeExceptionally(new IllegalStateException("the cluster is closed")));
        waiting.clear();
    }
}
