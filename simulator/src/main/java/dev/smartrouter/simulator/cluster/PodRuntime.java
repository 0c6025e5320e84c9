package dev.smartrouter.simulator.cluster;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** What runs the software of a pod; the cluster starts and stops it as a kubelet would. */
public interface PodRuntime {
    /**
     * Starts a container, not ready at first.
     *
     * @param uid of the pod
     * @param ip where its own port listens
     */
    Container start(String pod, String uid, String ip, Signals signals);

    /** What a container tells its kubelet, from any thread. */
    interface Signals {
        /** Its readiness probe's answer changed. */
        void ready(boolean ready);

        /** It ended by itself; the kubelet starts it again. */
        void crashed();
    }

    /** One run of a pod's container. */
    interface Container {
        /** The preStop hook, then SIGTERM, then, when the grace is over, SIGKILL. Completed when it has ended. */
        CompletionStage<Void> stop(Duration grace);

        /** SIGKILL: every socket of it breaks. */
        void kill();
    }
}
