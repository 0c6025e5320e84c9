package dev.smartrouter.call;

import dev.smartrouter.PodName;
import dev.smartrouter.PoolName;

/** What came of giving a call's pod back. All three are ordinary. */
public sealed interface ReleaseResult {
    /**
     * @param to the pool that the pod belongs to now, which need not be the one it was claimed from
     * @param wasDraining true if the pod takes no new call for now
     */
    record Released(PodName pod, PoolName to, boolean wasDraining) implements ReleaseResult {}

    /** It was released before, or never allocated. */
    record NotFound() implements ReleaseResult {}

    /** The store did not answer in time. Asking again is safe; else the call's deadline releases it. */
    record Unavailable() implements ReleaseResult {}
}
