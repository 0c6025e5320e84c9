package dev.smartrouter.app;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** {@code GET /health}: the router is alive. */
@Path("/health")
@Produces(MediaType.APPLICATION_JSON)
public class HealthResource {
    @GET
    public Answer health() {
        return new Answer("ok");
    }

    record Answer(String status) {}

    /** The same beside the API. */
    @Path("/api/v1/health")
    public static final class UnderApi extends HealthResource {}
}
