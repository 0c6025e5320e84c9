package dev.smartrouter.pool;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.smartrouter.PodName;
import dev.smartrouter.http.JsonBody;
import dev.smartrouter.http.Refusal;
import dev.smartrouter.http.Vocabulary;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.time.Duration;

/** {@code POST /api/v1/drain} and {@code /undrain}: a pod takes no new call for a while, or takes them again. */
@Path("/api/v1")
public final class DrainResource {
    private final Pools pools;
    private final Duration ttl;
    private final DrainEvents events;

    /** @param ttl how long a drain lasts if nobody ends it */
    public DrainResource(Pools pools, Duration ttl, DrainEvents events) {
        this.pools = pools;
        this.ttl = ttl;
        this.events = events;
    }

    @POST
    @Path("/drain")
    public Response drain(InputStream body) {
        var pod = podOf(body);
        var calls = pools.drain(pod, ttl).orElseThrow(DrainResource::notFound);
        events.drained(pod, calls);
        return ok(pod, calls, "pod drained");
    }

    @POST
    @Path("/undrain")
    public Response undrain(InputStream body) {
        var pod = podOf(body);
        var calls = pools.undrain(pod).orElseThrow(DrainResource::notFound);
        events.undrained(pod, calls);
        return ok(pod, calls, "pod undrained");
    }

    private static PodName podOf(InputStream body) {
        return Vocabulary.read(PodName::new, JsonBody.read(body).require("pod_name"));
    }

    private static Refusal notFound() {
        return Refusal.notFound("pod not found");
    }

    private static Response ok(PodName pod, int calls, String message) {
        return Response.ok(new Answer(true, pod.value(), calls > 0, calls, message), MediaType.APPLICATION_JSON_TYPE)
                .build();
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record Answer(boolean success, String podName, boolean hasActiveCall, int activeCalls, String message) {}
}
