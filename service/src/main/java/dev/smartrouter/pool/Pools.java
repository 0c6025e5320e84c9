package dev.smartrouter.pool;

import dev.smartrouter.CallSid;
import dev.smartrouter.PodName;
import dev.smartrouter.pod.Pod;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The pools as calls and operators use them. Every method is one atomic step, safe to repeat; each throws
 * {@link StoreUnavailableException} when the store does not answer in time, and then a claim holds no pod for long.
 */
public interface Pools {
    /** Claims a pod for a call: the first free one along the chain, or the one the call already has. */
    Claim claim(ClaimRequest request);

    /** Gives the call's pod back, to the pool that the pod belongs to now. */
    Release release(CallSid call);

    /** Tells that the call is live, which renews its deadline; false if there is no such call. */
    boolean confirm(CallSid call);

    /** The pod takes no new call for this long; how many calls it has, or empty if there is no such pod. */
    OptionalInt drain(PodName pod, Duration ttl);

    /** Ends a drain and a quarantine; how many calls the pod has, or empty if there is no such pod. */
    OptionalInt undrain(PodName pod);

    Optional<Allocation> findCall(CallSid call);

    Optional<Pod> findPod(PodName pod);

    /** Counts all pools of the tier config. */
    Census census();
}
