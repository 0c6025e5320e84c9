package dev.smartrouter.app;

import dev.smartrouter.CallSid;
import dev.smartrouter.MerchantId;
import dev.smartrouter.call.AllocationResult;
import dev.smartrouter.call.CallEvents;
import dev.smartrouter.call.CallRequest;
import dev.smartrouter.pool.Allocation;
import dev.smartrouter.pool.Release;
import java.util.List;

/** Tells one after the other. */
record AllCallEvents(List<CallEvents> all) implements CallEvents {
    @Override
    public void allocated(CallRequest request, Allocation allocation) {
        all.forEach(each -> each.allocated(request, allocation));
    }

    @Override
    public void replayed(CallRequest request, Allocation allocation) {
        all.forEach(each -> each.replayed(request, allocation));
    }

    @Override
    public void refused(CallRequest request, AllocationResult.Refused why) {
        all.forEach(each -> each.refused(request, why));
    }

    @Override
    public void released(CallSid call, Release.Released release, String reason) {
        all.forEach(each -> each.released(call, release, reason));
    }

    @Override
    public void releasedNothing(CallSid call, String reason) {
        all.forEach(each -> each.releasedNothing(call, reason));
    }

    @Override
    public void releaseLost(CallSid call, String reason) {
        all.forEach(each -> each.releaseLost(call, reason));
    }

    @Override
    public void confirmed(CallSid call) {
        all.forEach(each -> each.confirmed(call));
    }

    @Override
    public void merchantConfigUnreadable(MerchantId merchant, String why) {
        all.forEach(each -> each.merchantConfigUnreadable(merchant, why));
    }

    @Override
    public void merchantConfigUnknownNames(MerchantId merchant, List<String> names) {
        all.forEach(each -> each.merchantConfigUnknownNames(merchant, names));
    }
}
