package dev.smartrouter.loadtest;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which call is on which pod, as the answers said. A call counts from the moment its answer is read to the moment before
 * its end is told, so two that are on a pod here were both on it.
 */
final class Book {
    private final Map<String, String> pods = new HashMap<>();
    private final Map<String, Set<String>> calls = new HashMap<>();
    private final Map<String, Integer> most = new TreeMap<>();

    /** @throws IllegalStateException if the call is on another pod already */
    synchronized void granted(String sid, String pod) {
        var before = pods.putIfAbsent(sid, pod);
        if (before != null && !before.equals(pod)) {
            throw new IllegalStateException(sid + " has two pods, " + before + " and " + pod);
        }
        var there = calls.computeIfAbsent(pod, name -> new HashSet<>());
        there.add(sid);
        most.merge(pod, there.size(), Math::max);
    }

    synchronized boolean has(String sid) {
        return pods.containsKey(sid);
    }

    /** Its end is about to be told. */
    synchronized void leaves(String sid) {
        var pod = pods.remove(sid);
        if (pod == null) return;
        var there = calls.getOrDefault(pod, Set.of());
        there.remove(sid);
    }

    /** The most calls that each pod ever had at once. */
    synchronized Map<String, Integer> most() {
        return Map.copyOf(most);
    }
}
