package dev.smartrouter.call;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.smartrouter.CallSid;
import dev.smartrouter.http.Refusal;
import dev.smartrouter.http.Timestamps;
import dev.smartrouter.http.Vocabulary;
import dev.smartrouter.pool.Allocation;
import dev.smartrouter.pool.Pools;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.List;

/** {@code GET /api/v1/calls/{call_sid}}: which pod a live call has, why, and since when. */
@Path("/api/v1/calls/{call_sid}")
public final class CallResource {
    private final Pools pools;
    private final StreamUrl urls;

    public CallResource(Pools pools, StreamUrl urls) {
        this.pools = pools;
        this.urls = urls;
    }

    @GET
    public Response show(@PathParam("call_sid") String sid) {
        var found = Vocabulary.find(CallSid::new, sid)
                .flatMap(pools::findCall)
                .orElseThrow(() -> Refusal.notFound("call not found"));
        return Response.ok(Answer.of(found, urls.of(found)), MediaType.APPLICATION_JSON_TYPE)
                .build();
    }

    /**
     * @param merchantId "" if no merchant was named
     * @param allocatedAt RFC 3339, UTC, in ms
     * @param tried each pool of the chain up to the one that had room; empty for a call of the original's
     * @param restored true if the store lost the call and a router's memory brought it back
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record Answer(
            String callSid,
            String podName,
            String sourcePool,
            List<Tried> tried,
            String allocatedAt,
            String wsUrl,
            String merchantId,
            String provider,
            String flow,
            String template,
            String incarnation,
            boolean restored) {
        static Answer of(Allocation allocation, String wsUrl) {
            return new Answer(
                    allocation.call().value(),
                    allocation.pod().value(),
                    allocation.source().value(),
                    Tried.listOf(allocation.tried()),
                    Timestamps.text(allocation.allocatedAt()),
                    wsUrl,
                    allocation.merchant(),
                    allocation.origin().provider(),
                    allocation.origin().flow(),
                    allocation.origin().template(),
                    allocation.incarnation(),
                    allocation.restored());
        }
    }

    /** What a pool said: {@code took}, {@code full}, {@code empty} or {@code wrong type}. */
    record Tried(String pool, String said) {
        /** Reads {@code pool:gold full, pool:standard took}. */
        static List<Tried> listOf(String text) {
            return Arrays.stream(text.split(", "))
                    .filter(part -> !part.isBlank())
                    .map(part -> part.split(" ", 2))
                    .map(part -> new Tried(part[0], part.length > 1 ? part[1] : ""))
                    .toList();
        }
    }
}
