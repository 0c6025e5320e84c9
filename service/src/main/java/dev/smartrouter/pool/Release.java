package dev.smartrouter.pool;

import dev.smartrouter.PodName;
import dev.smartrouter.PoolName;
import java.time.Instant;

/** What came of giving a call's pod back. */
public sealed interface Release {
    /**
     * @param source the pool that the call had the pod from
     * @param to the pool that the pod belongs to now
     * @param wasDraining true if the pod takes no new call for now
     * @param call who had it
     */
    record Released(PodName pod, PoolName source, PoolName to, boolean wasDraining, Ended call) implements Release {}

    /**
     * A call that has ended.
     *
     * @param merchant empty for nobody's
     * @param provider empty if it is not known
     * @param since when it got its pod
     */
    record Ended(String merchant, String provider, Instant since) {}

    /** There is no such call: it was released before, or never allocated. */
    record NotFound() implements Release {}
}
