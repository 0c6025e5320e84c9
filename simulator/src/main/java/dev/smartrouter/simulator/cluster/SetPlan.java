package dev.smartrouter.simulator.cluster;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * What a StatefulSet's controller does next, given the pods there are. The rules, and their order, are those of
 * Kubernetes ({@code updateStatefulSet} in pkg/controller/statefulset/stateful_set_control.go).
 *
 * @param replicas wanted, of this revision
 * @param parallel whether pods come and go all at once; an update is one by one all the same
 */
record SetPlan(int replicas, String revision, boolean parallel) {
    /** One request to the API. */
    sealed interface Step {
        record Create(int ordinal) implements Step {}

        record Delete(int ordinal) implements Step {}
    }

    /** In this order; nothing to do until something changes if it is empty. */
    List<Step> next(List<SetMember> pods) {
        var byOrdinal = new TreeMap<Integer, SetMember>();
        pods.forEach(pod -> byOrdinal.put(pod.ordinal(), pod));
        var steps = new ArrayList<Step>();
        for (var ordinal = 0; ordinal < replicas; ordinal++) {
            var pod = byOrdinal.get(ordinal);
            if (pod == null) steps.add(new Step.Create(ordinal));
            else if (pod.failed() && !pod.terminating()) steps.add(new Step.Delete(ordinal)); // and then another
            if (!parallel && (pod == null || !pod.isHealthy())) return steps;
        }
        for (var pod : byOrdinal.tailMap(replicas, true).descendingMap().values()) {
            if (!pod.terminating()) steps.add(new Step.Delete(pod.ordinal()));
            if (!parallel) return steps;
        }
        if (!steps.isEmpty()) return steps;
        return update(byOrdinal.headMap(replicas).values().stream()
                .sorted(Comparator.comparing(SetMember::ordinal).reversed())
                .toList());
    }

    /** True once all pods are as they should be. */
    boolean isDone(List<SetMember> pods) {
        return pods.size() == replicas
                && pods.stream()
                        .allMatch(pod -> pod.isHealthy() && pod.revision().equals(revision));
    }

    private List<Step> update(List<SetMember> highestFirst) {
        for (var pod : highestFirst) {
            if (!pod.revision().equals(revision) && !pod.terminating()) return List.of(new Step.Delete(pod.ordinal()));
            if (!pod.isHealthy()) return List.of();
        }
        return List.of();
    }
}
