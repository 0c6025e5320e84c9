package dev.smartrouter.k3s;

import dev.smartrouter.simulator.cluster.PodWatch;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.readiness.Readiness;

/** Tells a watch what becomes of the voice agents, as the API server tells everybody. */
final class PodNews implements ResourceEventHandler<Pod>, AutoCloseable {
    private final PodWatch watch;
    private final SharedIndexInformer<Pod> informer;

    /** Returns when it knows those that are there. */
    PodNews(KubernetesClient client, PodWatch watch) {
        this.watch = watch;
        this.informer = client.pods()
                .inNamespace(VoiceSystem.NAMESPACE)
                .withLabel("app", "voice-agent")
                .inform(this);
    }

    @Override
    public void onAdd(Pod pod) {
        watch.born(name(pod), uid(pod));
        if (Readiness.isPodReady(pod)) watch.ready(name(pod), uid(pod), true);
        if (isTerminating(pod)) watch.terminating(name(pod), uid(pod));
    }

    @Override
    public void onUpdate(Pod before, Pod now) {
        if (!uid(before).equals(uid(now))) {
            onDelete(before, false);
            onAdd(now);
            return;
        }
        if (Deeds.restarts(now) > Deeds.restarts(before)) watch.crashed(name(now), uid(now));
        if (isOver(now) && !isOver(before)) watch.gone(name(now), uid(now));
        if (isTerminating(now) && !isTerminating(before)) watch.terminating(name(now), uid(now));
        var ready = Readiness.isPodReady(now);
        if (ready != Readiness.isPodReady(before) || Deeds.restarts(now) > Deeds.restarts(before)) {
            watch.ready(name(now), uid(now), ready);
        }
    }

    @Override
    public void onDelete(Pod pod, boolean unknown) {
        watch.gone(name(pod), uid(pod));
    }

    private static boolean isTerminating(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() != null;
    }

    private static boolean isOver(Pod pod) {
        var phase = pod.getStatus().getPhase();
        return "Failed".equals(phase) || "Succeeded".equals(phase);
    }

    private static String name(Pod pod) {
        return pod.getMetadata().getName();
    }

    private static String uid(Pod pod) {
        return pod.getMetadata().getUid();
    }

    @Override
    public void close() {
        informer.close();
    }
}
