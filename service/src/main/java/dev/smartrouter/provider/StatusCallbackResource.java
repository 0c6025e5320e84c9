package dev.smartrouter.provider;

import dev.smartrouter.CallSid;
import dev.smartrouter.call.Releaser;
import dev.smartrouter.http.Refusal;
import dev.smartrouter.http.Vocabulary;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;

/**
 * {@code /api/v1/{provider}/status}: a provider tells how its call fares. A call that is over is released, which needs
 * no agent; one that is live keeps its pod for longer. Always 204: no provider could do anything about an error.
 */
@Path("/api/v1/" + Providers.PATH + "/status")
public final class StatusCallbackResource {
    private final Releaser releaser;

    public StatusCallbackResource(Releaser releaser) {
        this.releaser = releaser;
    }

    @POST
    public Response post(@PathParam("provider") String provider, @Context UriInfo uri, InputStream body) {
        return note(Providers.named(provider), Fields.of(uri.getRequestUri().getRawQuery(), body));
    }

    @GET
    public Response get(@PathParam("provider") String provider, @Context UriInfo uri) {
        return note(Providers.named(provider), Fields.of(uri.getRequestUri().getRawQuery()));
    }

    /** Jersey would answer it with a GET's answer without its body, and a call would be released by a look. */
    @HEAD
    public Response head() {
        return Refusal.notAllowed("GET", "POST");
    }

    private Response note(Provider provider, Fields fields) {
        fields.find(provider.callField())
                .flatMap(sid -> Vocabulary.find(CallSid::new, sid))
                .ifPresent(call -> note(provider, call, fields));
        return Response.noContent().build();
    }

    private void note(Provider provider, CallSid call, Fields fields) {
        switch (provider.read(fields)) {
            case ENDED -> releaser.release(call, provider.name() + " status callback");
            case LIVE -> releaser.confirm(call);
            case OTHER -> {}
        }
    }
}
