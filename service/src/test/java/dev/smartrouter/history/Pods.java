package dev.smartrouter.history;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Who is there to be asked for. A pod carries a call if its pool has capacity 1, which is then called exclusive.
 *
 * @param poolOf the pool of each pod
 * @param capacityOf calls that a pod of this pool carries
 */
public record Pods(Map<String, String> poolOf, Map<String, Integer> capacityOf) {
    public Pods {
        poolOf = Map.copyOf(new TreeMap<>(poolOf));
        capacityOf = Map.copyOf(capacityOf);
    }

    public List<String> names() {
        return poolOf.keySet().stream().sorted().toList();
    }

    public List<String> of(String pool) {
        return names().stream().filter(pod -> pool(pod).equals(pool)).toList();
    }

    public String pool(String pod) {
        var pool = poolOf.get(pod);
        if (pool == null) throw new IllegalArgumentException("no pod " + pod + " among " + poolOf);
        return pool;
    }

    public int capacity(String pod) {
        return capacityOf.getOrDefault(pool(pod), 1);
    }

    public boolean isExclusive(String pod) {
        return capacity(pod) == 1;
    }
}
