package dev.smartrouter.pool;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.smartrouter.CallSid;
import dev.smartrouter.PodName;
import dev.smartrouter.PoolName;
import dev.smartrouter.http.Refusal;
import dev.smartrouter.http.Timestamps;
import dev.smartrouter.http.Vocabulary;
import dev.smartrouter.pod.Pod;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code GET /api/v1/pod/{pod_name}}: a pod as the store knows it. */
@Path("/api/v1/pod/{pod_name}")
public final class PodResource {
    private final Pools pools;

    public PodResource(Pools pools) {
        this.pools = pools;
    }

    @GET
    public Response show(@PathParam("pod_name") String name) {
        var pod = Vocabulary.find(PodName::new, name)
                .flatMap(pools::findPod)
                .orElseThrow(() -> Refusal.notFound("pod not found"));
        return Response.ok(Answer.of(pod), MediaType.APPLICATION_JSON_TYPE).build();
    }

    /**
     * @param tier as the store's {@code pod:tier} key says it: {@code gold}, or {@code merchant:acme}
     * @param drainingSecondsLeft what is left of an operator's drain; null if there is none
     * @param heldUntil end of a quarantine, RFC 3339; null if there never was one
     * @param lease the call that operators see on it; null if it has none
     * @param metadata what the cluster said of it, as text; "" if nothing
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record Answer(
            String podName,
            String tier,
            String pool,
            String status,
            boolean ready,
            boolean terminating,
            boolean draining,
            @Nullable Long drainingSecondsLeft,
            @Nullable String heldUntil,
            @Nullable String lease,
            List<String> calls,
            int activeCalls,
            String incarnation,
            String metadata) {
        static Answer of(Pod pod) {
            return new Answer(
                    pod.name().value(),
                    tierOf(pod.pool()),
                    pod.pool().value(),
                    pod.state().toString(),
                    pod.ready(),
                    pod.terminating(),
                    pod.draining(),
                    pod.drainingFor().map(Duration::toSeconds).orElse(null),
                    pod.heldUntil().isAfter(Instant.EPOCH) ? Timestamps.text(pod.heldUntil()) : null,
                    pod.lease().map(CallSid::value).orElse(null),
                    pod.calls().stream().map(CallSid::value).toList(),
                    pod.calls().size(),
                    pod.incarnation().id(),
                    pod.metadata());
        }

        private static String tierOf(PoolName pool) {
            return pool.isMerchant() ? pool.value() : pool.tier().value();
        }
    }
}
