package dev.smartrouter.simulator.cluster;

import java.time.Duration;

/**
 * What the StatefulSet's manifest and the node's settings say, durations scaled as the story is.
 *
 * @param replicas pods wanted at first
 * @param parallel whether pods come and go all at once, as with {@code podManagementPolicy: Parallel}, or each after the
 *     one before it is ready or gone
 * @param grace terminationGracePeriodSeconds
 * @param backOff before a container that crashed twice starts again; doubled with each further crash. A kubelet's is 10 s
 * @param prefix of the pods' names, which end in an ordinal
 */
public record ClusterSettings(
        int replicas, boolean parallel, Duration grace, Duration backOff, String namespace, String prefix) {
    public ClusterSettings {
        if (replicas < 0) throw new IllegalArgumentException("replicas must be >= 0: " + replicas);
        if (grace.isNegative()) throw new IllegalArgumentException("the grace must not be negative: " + grace);
        if (backOff.isNegative()) throw new IllegalArgumentException("the back-off must not be negative: " + backOff);
    }

    /** Voice agents as the shipped manifests have them: six minutes of grace, for the longest of calls. */
    public static ClusterSettings voiceAgents(int replicas) {
        return new ClusterSettings(
                replicas, false, Duration.ofMinutes(6), Duration.ofSeconds(10), "voice-system", "voice-agent-");
    }

    public ClusterSettings withGrace(Duration changed) {
        return new ClusterSettings(replicas, parallel, changed, backOff, namespace, prefix);
    }

    public ClusterSettings withBackOff(Duration changed) {
        return new ClusterSettings(replicas, parallel, grace, changed, namespace, prefix);
    }

    public ClusterSettings withParallel(boolean changed) {
        return new ClusterSettings(replicas, changed, grace, backOff, namespace, prefix);
    }

    String pod(int ordinal) {
        return prefix + ordinal;
    }

    /** An address of its own on this machine for every ordinal, from 127.1.0.1 on. */
    static String ip(int ordinal) {
        return "127.1." + ordinal / 254 + "." + (1 + ordinal % 254);
    }
}
