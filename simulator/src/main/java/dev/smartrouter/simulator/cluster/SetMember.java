package dev.smartrouter.simulator.cluster;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.Optional;
import java.util.regex.Pattern;

/** A pod of the StatefulSet, as its controller sees it. */
record SetMember(int ordinal, String revision, boolean ready, boolean terminating, boolean failed) {
    static final String REVISION = "controller-revision-hash";
    private static final Pattern ORDINAL = Pattern.compile("0|[1-9]\\d{0,5}");

    /** Empty for a pod that somebody else made. */
    static Optional<SetMember> of(Pod pod, String prefix) {
        var name = pod.getMetadata().getName();
        var revision = pod.getMetadata().getLabels().get(REVISION);
        if (revision == null || !name.startsWith(prefix)) return Optional.empty();
        var ordinal = name.substring(prefix.length());
        if (!ORDINAL.matcher(ordinal).matches()) return Optional.empty();
        return Optional.of(
                new SetMember(Integer.parseInt(ordinal), revision, isReady(pod), isTerminating(pod), isFailed(pod)));
    }

    boolean isHealthy() {
        return ready && !terminating && !failed;
    }

    static boolean isTerminating(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() != null;
    }

    static boolean isFailed(Pod pod) {
        return pod.getStatus() != null && "Failed".equals(pod.getStatus().getPhase());
    }

    private static boolean isReady(Pod pod) {
        return pod.getStatus() != null
                && pod.getStatus().getConditions().stream()
                        .anyMatch(c -> "Ready".equals(c.getType()) && "True".equals(c.getStatus()));
    }
}
