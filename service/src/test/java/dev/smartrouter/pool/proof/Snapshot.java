package dev.smartrouter.pool.proof;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Everything that Redis holds under the prefix, at one moment; names are without the prefix. */
record Snapshot(Map<String, Entry> keys) {
    static final Snapshot EMPTY = new Snapshot(Map.of());

    /**
     * @param ttl ms left, -1 if it never expires
     * @param content a List, Set, Map or String, as the type says
     */
    record Entry(String type, long ttl, Object content) {
        boolean same(Entry other) {
            return other != null && type.equals(other.type) && content.equals(other.content);
        }
    }

    /** A pod's facts and what follows from them; section 2 of the contract, written once more. */
    record PodFacts(
            String name,
            String inc,
            long incNo,
            boolean ready,
            boolean term,
            long hold,
            String pool,
            boolean shared,
            boolean draining,
            Set<String> calls) {
        boolean schedulable(long now) {
            return ready && !term && !draining && hold <= now;
        }

        boolean free(long now) {
            return schedulable(now) && (shared || calls.isEmpty());
        }
    }

    static Snapshot of(List<?> reply) {
        var keys = new TreeMap<String, Entry>();
        for (var item : reply) {
            var key = (List<?>) item;
            var type = (String) key.get(1);
            keys.put((String) key.get(0), new Entry(type, Long.parseLong((String) key.get(2)), content(type, (List<?>)
                    key.get(3))));
        }
        return new Snapshot(keys);
    }

    private static Object content(String type, List<?> values) {
        return switch (type) {
            case "string" -> values.getFirst();
            case "set" -> {
                var set = new TreeSet<String>();
                for (var value : values) set.add((String) value);
                yield set;
            }
            case "hash", "zset" -> {
                var map = new TreeMap<String, String>();
                for (var i = 0; i < values.size(); i += 2) map.put((String) values.get(i), (String) values.get(i + 1));
                yield map;
            }
            default -> values;
        };
    }

    boolean has(String key) {
        return keys.containsKey(key);
    }

    String type(String key) {
        var entry = keys.get(key);
        return entry == null ? "none" : entry.type();
    }

    String string(String key) {
        var entry = keys.get(key);
        return entry != null && entry.content() instanceof String text ? text : null;
    }

    long number(String key) {
        var text = string(key);
        return text == null ? 0 : Long.parseLong(text);
    }

    @SuppressWarnings("unchecked")
    Set<String> set(String key) {
        return type(key).equals("set") ? (Set<String>) keys.get(key).content() : Set.of();
    }

    @SuppressWarnings("unchecked")
    Map<String, String> map(String key) {
        var type = type(key);
        return type.equals("hash") || type.equals("zset")
                ? (Map<String, String>) keys.get(key).content()
                : Map.of();
    }

    /** The names in a pool's index, whatever its type. */
    Set<String> available(String pool) {
        var key = availableKey(pool);
        return type(key).equals("zset") ? map(key).keySet() : set(key);
    }

    static String availableKey(String pool) {
        return pool + (pool.startsWith("merchant:") ? ":pods" : ":available");
    }

    boolean shared(String pool) {
        return "shared".equals(map("tier:modes").get(pool));
    }

    /** The record of a call; empty if there is none. */
    Map<String, String> call(String sid) {
        var record = map("call:" + sid);
        return record.containsKey("pod_name") ? record : Map.of();
    }

    /** Null if the pod is not registered. */
    PodFacts pod(String name) {
        var facts = map("pod:" + name);
        var pool = facts.get("pool");
        if (!facts.containsKey("inc") || pool == null) return null;
        return new PodFacts(
                name,
                facts.get("inc"),
                Long.parseLong(facts.getOrDefault("inc_no", "0")),
                "1".equals(facts.get("ready")),
                "1".equals(facts.get("term")),
                Long.parseLong(facts.getOrDefault("hold", "0")),
                pool,
                shared(pool),
                has("pod:draining:" + name),
                set("pod:" + name + ":calls"));
    }

    Map<String, PodFacts> pods() {
        var pods = new TreeMap<String, PodFacts>();
        for (var key : keys.keySet()) {
            if (!key.startsWith("pod:") || key.indexOf(':', 4) >= 0) continue;
            var name = key.substring(4);
            var pod = pod(name);
            if (pod != null) pods.put(name, pod);
        }
        return pods;
    }

    /** What follows the start, of each key that starts so. */
    Set<String> names(String start) {
        var names = new TreeSet<String>();
        for (var key : keys.keySet()) if (key.startsWith(start)) names.add(key.substring(start.length()));
        return names;
    }

    /** The keys whose type or content differ. */
    Set<String> differences(Snapshot other) {
        var differing = new TreeSet<String>();
        keys.forEach((key, entry) -> {
            if (!entry.same(other.keys.get(key))) differing.add(key);
        });
        for (var key : other.keys.keySet()) if (!keys.containsKey(key)) differing.add(key);
        return differing;
    }

    /** Without these keys. */
    Snapshot without(Set<String> gone) {
        var left = new HashMap<>(keys);
        left.keySet().removeAll(gone);
        return new Snapshot(left);
    }
}
