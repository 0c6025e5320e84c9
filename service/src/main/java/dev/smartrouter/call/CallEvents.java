package dev.smartrouter.call;

import dev.smartrouter.CallSid;
import dev.smartrouter.MerchantId;
import dev.smartrouter.pool.Allocation;
import dev.smartrouter.pool.Release;
import java.util.List;

/**
 * Hears what happens to calls, for metrics, log lines and the router's memory of live calls. Called from request
 * threads, after the fact and before the answer: it must be quick and must not throw.
 */
public interface CallEvents {
    /** A call got a pod. */
    void allocated(CallRequest request, Allocation allocation);

    /** A call asked again and was told the pod it has. */
    void replayed(CallRequest request, Allocation allocation);

    /** A call got none. */
    void refused(CallRequest request, AllocationResult.Refused why);

    /** @param reason who says so, such as {@code status_completed}: up to 128 printable characters, "" if not said */
    void released(CallSid call, Release.Released release, String reason);

    /** A release of a call that there is not: as a rule its second. */
    void releasedNothing(CallSid call, String reason);

    /** A release that the store may not have heard. */
    void releaseLost(CallSid call, String reason);

    /** The provider says that the call is live. */
    void confirmed(CallSid call);

    /** A merchant's config is no config, so its calls are as if it had none. Once for each such text. */
    void merchantConfigUnreadable(MerchantId merchant, String why);

    /**
     * A merchant's config names what nobody knows, and these names are skipped. Once for each config of the merchant
     * and of the tiers.
     */
    void merchantConfigUnknownNames(MerchantId merchant, List<String> names);
}
