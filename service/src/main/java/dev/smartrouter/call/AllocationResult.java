package dev.smartrouter.call;

import dev.smartrouter.PoolName;
import dev.smartrouter.pool.Allocation;
import dev.smartrouter.pool.Claim;
import java.util.List;

/** What came of asking for a pod. All of them are ordinary. An allocation here always has its stream's URL. */
public sealed interface AllocationResult {
    /** The call has a pod that was free until now. */
    record Allocated(Allocation allocation) implements AllocationResult {}

    /** A replay: the call had this pod before. */
    record AlreadyAllocated(Allocation allocation) implements AllocationResult {}

    /** No pod, for one of these causes. */
    sealed interface Refused extends AllocationResult {}

    /** @param tried the pools of the call's chain, in order, all without room */
    record NoCapacity(List<PoolName> tried) implements Refused {
        public NoCapacity {
            tried = List.copyOf(tried);
        }
    }

    /** There are calls enough of this kind, whether or not a pod is free. */
    record Limited(Claim.Limit limit) implements Refused {}

    /** The store may have lost writes and did not open again within the asker's patience. */
    record Recovering() implements Refused {}

    /** The store did not answer in time. Asking again with the same call is safe. */
    record Unavailable() implements Refused {}
}
