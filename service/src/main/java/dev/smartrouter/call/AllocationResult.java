package dev.smartrouter.call;

import dev.smartrouter.PoolName;
import dev.smartrouter.pool.Allocation;
import java.util.List;

/** What came of asking for a pod. All of them are ordinary. An allocation here always has its stream's URL. */
public sealed interface AllocationResult {
    /** The call has a pod that was free until now. */
    record Allocated(Allocation allocation) implements AllocationResult {}

    /** A replay: the call had this pod before. */
    record AlreadyAllocated(Allocation allocation) implements AllocationResult {}

    /** No pod, for one of three causes. */
    sealed interface Refused extends AllocationResult {}

    /** @param tried the pools of the call's chain, in order, all without room */
    record NoCapacity(List<PoolName> tried) implements Refused {
        public NoCapacity {
            tried = List.copyOf(tried);
        }
    }

    /** The store may have lost writes and did not open again within the asker's patience. */
    record Recovering() implements Refused {}

    /** The store did not answer in time. Asking again with the same call is safe. */
    record Unavailable() implements Refused {}
}
