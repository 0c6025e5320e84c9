package dev.smartrouter.cluster;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.PodResource;

/**
 * Which pods are voice agents.
 *
 * @param labels a label selector, such as {@code app=voice-agent}; one that is malformed is refused by the cluster
 */
public record PodSelector(String namespace, String labels) {
    /** How many pods a reply holds at most: 500, as kubectl asks for. */
    static final long PAGE = 500;

    FilterWatchListDeletable<Pod, PodList, PodResource> in(KubernetesClient client) {
        return client.pods().inNamespace(namespace).withLabelSelector(labels);
    }
}
