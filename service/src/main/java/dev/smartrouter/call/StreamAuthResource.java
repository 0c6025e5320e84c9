package dev.smartrouter.call;

import dev.smartrouter.CallSid;
import dev.smartrouter.PodName;
import dev.smartrouter.http.Refusal;
import dev.smartrouter.http.Vocabulary;
import dev.smartrouter.pool.Pools;
import dev.smartrouter.pool.StoreUnavailableException;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.function.BooleanSupplier;

/**
 * {@code GET /internal/stream-auth}: nginx asks, before it leads anybody to a pod's socket, whether that call was given
 * that pod. 204 or 403; the pass says so, and the store may object. A store that does not know has no say: the pass was
 * made when it did.
 */
@Path("/internal/stream-auth")
public final class StreamAuthResource {
    private final StreamPasses passes;
    private final Pools pools;
    private final BooleanSupplier storeIsWhole;

    /** @param storeIsWhole whether a call that the store does not know has ended, and is not merely forgotten */
    public StreamAuthResource(StreamPasses passes, Pools pools, BooleanSupplier storeIsWhole) {
        this.passes = passes;
        this.pools = pools;
        this.storeIsWhole = storeIsWhole;
    }

    @GET
    public Response ask(
            @QueryParam("pod") @DefaultValue("") String podName,
            @QueryParam("call_sid") @DefaultValue("") String sid,
            @QueryParam("mac") @DefaultValue("") String pass) {
        var pod = Vocabulary.find(PodName::new, podName);
        var call = Vocabulary.find(CallSid::new, sid);
        var opens = pod.isPresent() && call.isPresent() && opens(pass, call.get(), pod.get());
        return opens ? Response.noContent().build() : Refusal.response(Status.FORBIDDEN, "not this call's pod");
    }

    private boolean opens(String pass, CallSid call, PodName pod) {
        return passes.opens(pass, call, pod) && !storeObjects(call, pod);
    }

    private boolean storeObjects(CallSid call, PodName pod) {
        try {
            return pools.findCall(call).map(found -> !found.pod().equals(pod)).orElseGet(storeIsWhole::getAsBoolean);
        } catch (StoreUnavailableException e) {
            return false;
        }
    }
}
