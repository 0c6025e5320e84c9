package dev.smartrouter.call;

import dev.smartrouter.CallSid;
import dev.smartrouter.MerchantId;
import dev.smartrouter.pool.Allocation;
import dev.smartrouter.pool.Release;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Every event as one line, in order. */
public final class RecordedEvents implements CallEvents {
    public final List<String> lines = Collections.synchronizedList(new ArrayList<>());

    @Override
    public void allocated(CallRequest request, Allocation allocation) {
        lines.add("allocated " + request.call() + " " + allocation.pod());
    }

    @Override
    public void replayed(CallRequest request, Allocation allocation) {
        lines.add("replayed " + request.call() + " " + allocation.pod());
    }

    @Override
    public void refused(CallRequest request, AllocationResult.Refused why) {
        lines.add("refused " + request.call() + " " + why.getClass().getSimpleName());
    }

    @Override
    public void released(CallSid call, Release.Released release, String reason) {
        lines.add("released " + call + " " + release.pod() + " " + reason);
    }

    @Override
    public void releasedNothing(CallSid call, String reason) {
        lines.add("released nothing " + call + " " + reason);
    }

    @Override
    public void releaseLost(CallSid call, String reason) {
        lines.add("release lost " + call + " " + reason);
    }

    @Override
    public void confirmed(CallSid call) {
        lines.add("confirmed " + call);
    }

    @Override
    public void merchantConfigUnreadable(MerchantId merchant, String why) {
        lines.add("unreadable " + merchant);
    }

    @Override
    public void merchantConfigUnknownNames(MerchantId merchant, List<String> names) {
        lines.add("unknown " + merchant + " " + names);
    }
}
