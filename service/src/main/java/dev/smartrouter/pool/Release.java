package dev.smartrouter.pool;

import dev.smartrouter.PodName;
import dev.smartrouter.PoolName;

/** What came of giving a call's pod back. */
public sealed interface Release {
    /**
     * @param source the pool that the call had the pod from
     * @param to the pool that the pod belongs to now
     * @param wasDraining true if the pod takes no new call for now
     */
    record Released(PodName pod, PoolName source, PoolName to, boolean wasDraining) implements Release {}

    /** There is no such call: it was released before, or never allocated. */
    record NotFound() implements Release {}
}
