package dev.smartrouter.pool;

import dev.smartrouter.CallSid;
import dev.smartrouter.PodName;
import dev.smartrouter.PoolName;
import dev.smartrouter.pod.Incarnation;
import dev.smartrouter.pod.PodState;
import java.util.List;
import java.util.Set;

/** What keeps the store true while nothing happens. Throws {@link StoreUnavailableException} as {@link Pools} does. */
public interface Upkeep {
    /** Ends up to this many calls that have outlived their deadline; which. */
    List<CallSid> sweep(int limit);

    /** Names in the keys of all configured pools, adopted or not, each once. */
    List<Member> members();

    /** Makes these pods whole, adopting what only the documented keys know; what they are now. At most 100. */
    List<Seen> audit(List<Member> members);

    /**
     * A name that may be a pod's.
     *
     * @param pools whose keys have it; what is a pod's own is found without them
     */
    record Member(String name, Set<PoolName> pools) {
        public Member {
            pools = Set.copyOf(pools);
        }
    }

    /**
     * A pod as the audit left it.
     *
     * @param draining by an operator's word
     * @param held in quarantine
     */
    record Seen(
            PodName pod,
            PoolName pool,
            PodState state,
            int calls,
            boolean draining,
            boolean ready,
            boolean terminating,
            boolean held,
            Incarnation incarnation) {}
}
