package dev.smartrouter.pool.proof;

import java.util.Set;
import java.util.TreeSet;

/**
 * What the contract lets be untrue until the next audit, because no transition did it.
 *
 * @param leases pods whose lease ran out under a call
 */
record Exemptions(Set<String> calls, Set<String> pods, Set<String> pools, Set<String> leases) {
    /** Nothing is excused. */
    static Exemptions none() {
        return new Exemptions(new TreeSet<>(), new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
    }

    Exemptions copy() {
        return new Exemptions(new TreeSet<>(calls), new TreeSet<>(pods), new TreeSet<>(pools), new TreeSet<>(leases));
    }

    void clear() {
        calls.clear();
        pods.clear();
        pools.clear();
        leases.clear();
    }
}
