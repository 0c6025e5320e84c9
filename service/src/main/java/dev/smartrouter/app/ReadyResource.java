package dev.smartrouter.app;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** {@code GET /ready}: calls may be sent here. */
@Path("/ready")
@Produces(MediaType.APPLICATION_JSON)
public class ReadyResource {
    private final Readiness readiness;

    ReadyResource(Readiness readiness) {
        this.readiness = readiness;
    }

    /** @param of {@code router}: only whether the router itself serves, for Kubernetes' probe */
    @GET
    public Response ready(@QueryParam("of") @Nullable String of) {
        var objection = "router".equals(of) ? readiness.routerObjection() : readiness.objection();
        return objection
                .map(why -> Response.status(Response.Status.SERVICE_UNAVAILABLE).entity(new Answer("unready", why)))
                .orElseGet(() -> Response.ok(new Answer("ready", null)))
                .build();
    }

    /** @param reason why it is not ready */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Answer(String status, @Nullable String reason) {}

    /** The same beside the API. */
    @Path("/api/v1/ready")
    public static final class UnderApi extends ReadyResource {
        UnderApi(Readiness readiness) {
            super(readiness);
        }
    }
}
