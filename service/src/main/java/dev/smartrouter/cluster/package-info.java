/**
 * All that knows Kubernetes: which pods there are, as seen now ({@link dev.smartrouter.cluster.KubernetesCluster}) and
 * as they change ({@link dev.smartrouter.cluster.PodWatcher}), and which replica leads
 * ({@link dev.smartrouter.cluster.LeaseLeadership}). It decides nothing about pools.
 */
@NullMarked
package dev.smartrouter.cluster;

import org.jspecify.annotations.NullMarked;
