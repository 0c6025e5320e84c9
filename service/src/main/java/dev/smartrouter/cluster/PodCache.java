package dev.smartrouter.cluster;

import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.informers.cache.BasicItemStore;
import io.fabric8.kubernetes.client.informers.cache.Cache;

/**
 * The informer's memory, with only what {@link PodSightings} reads: of 10,000 pods, whole ones would take most of a
 * router's memory. It serves to tell of deletes that the watch missed.
 */
final class PodCache extends BasicItemStore<Pod> {
    PodCache() {
        super(Cache::metaNamespaceKeyFunc);
    }

    @Override
    public Pod put(String key, Pod pod) {
        return super.put(key, slim(pod));
    }

    @Override
    public boolean isFullState() {
        return false;
    }

    static Pod slim(Pod pod) {
        var slim = new PodBuilder();
        var meta = pod.getMetadata();
        slim.withNewMetadata()
                .withName(meta.getName())
                .withNamespace(meta.getNamespace())
                .withUid(meta.getUid())
                .withResourceVersion(meta.getResourceVersion())
                .withCreationTimestamp(meta.getCreationTimestamp())
                .withDeletionTimestamp(meta.getDeletionTimestamp())
                .endMetadata();
        var spec = pod.getSpec();
        if (spec != null) {
            slim.withNewSpec()
                    .withNodeName(spec.getNodeName())
                    .withContainers(spec.getContainers().stream()
                            .map(each -> new ContainerBuilder()
                                    .withName(each.getName())
                                    .build())
                            .toList())
                    .endSpec();
        }
        var status = pod.getStatus();
        if (status != null) {
            slim.withNewStatus()
                    .withPhase(status.getPhase())
                    .withPodIP(status.getPodIP())
                    .withConditions(status.getConditions())
                    .withContainerStatuses(status.getContainerStatuses())
                    .endStatus();
        }
        return slim.build();
    }
}
