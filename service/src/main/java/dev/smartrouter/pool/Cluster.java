package dev.smartrouter.pool;

import dev.smartrouter.CallSid;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The cluster that runs the pods, as the leader needs it. */
public interface Cluster {
    /**
     * All voice-agent pods, asked for now, not remembered.
     *
     * @throws ClusterUnavailableException if the cluster does not answer
     */
    List<PodSighting> list();

    /**
     * The calls that a pod's agent says it has; empty if it does not offer that, or does not answer within 1 s. Asked of
     * many pods at once, it takes little longer than of one.
     */
    Optional<Set<CallSid>> activeCalls(PodSighting pod);

    /**
     * Whether a router has opened a gate in this cluster before: tells a first install from a store that lost it all.
     *
     * @throws ClusterUnavailableException if the cluster does not answer
     */
    boolean everOpened();

    /**
     * Remembers, in the cluster, that the gate was opened.
     *
     * @throws ClusterUnavailableException if the cluster does not answer
     */
    void rememberOpened(String gen);
}
