package dev.smartrouter.provider;

import dev.smartrouter.CallSid;
import dev.smartrouter.call.AllocationResult.Allocated;
import dev.smartrouter.call.AllocationResult.AlreadyAllocated;
import dev.smartrouter.call.AllocationResult.Refused;
import dev.smartrouter.call.Allocator;
import dev.smartrouter.call.CallRequest;
import dev.smartrouter.http.Panics;
import dev.smartrouter.pool.Origin;
import jakarta.ws.rs.core.Response;
import java.time.Duration;

/** A provider says that a call was answered, and asks what to do with it. */
public final class Webhook {
    /** Twilio gives a webhook 15 s, Exotel 10 s; a caller would rather wait than be sent away. */
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private final Allocator allocator;
    private final Panics panics;

    public Webhook(Allocator allocator, Panics panics) {
        this.allocator = allocator;
        this.panics = panics;
    }

    /** @param template the agent's template as the path names it, "" if it does not */
    Response answer(Provider provider, Fields fields, String template) {
        CallSid call;
        try {
            var sid = fields.find(provider.callField());
            if (sid.isEmpty()) {
                return provider.reject(fields.fault().orElse(provider.callField() + " is required"));
            }
            call = new CallSid(sid.get());
        } catch (IllegalArgumentException e) {
            return provider.reject(String.valueOf(e.getMessage()));
        }
        try {
            return answer(provider, requestOf(provider, call, fields, template));
        } catch (RuntimeException e) {
            panics.recovered(e);
            return provider.fail();
        }
    }

    private Response answer(Provider provider, CallRequest request) {
        return switch (allocator.allocate(request)) {
            case Allocated(var allocation) -> provider.stream(allocation.wsUrl());
            case AlreadyAllocated(var allocation) -> provider.stream(allocation.wsUrl());
            case Refused why -> provider.refuse(why);
        };
    }

    private static CallRequest requestOf(Provider provider, CallSid call, Fields fields, String template) {
        var origin = new Origin(provider.name(), fields.label("flow"), template);
        return new CallRequest(call, fields.merchant(), origin, PATIENCE);
    }
}
