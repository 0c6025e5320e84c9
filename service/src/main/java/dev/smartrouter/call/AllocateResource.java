package dev.smartrouter.call;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.smartrouter.CallSid;
import dev.smartrouter.MerchantId;
import dev.smartrouter.call.AllocationResult.Allocated;
import dev.smartrouter.call.AllocationResult.AlreadyAllocated;
import dev.smartrouter.call.AllocationResult.Refused;
import dev.smartrouter.http.JsonBody;
import dev.smartrouter.http.Lane;
import dev.smartrouter.http.Timestamps;
import dev.smartrouter.http.Vocabulary;
import dev.smartrouter.pool.Allocation;
import dev.smartrouter.pool.Origin;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.time.Duration;

/** {@code POST /api/v1/allocate}: the voice agent asks for a pod. */
@Path("/api/v1/allocate")
public final class AllocateResource {
    /** The agent's client gives up after 3 s, and a quick no lets it fall back. */
    private static final Duration PATIENCE = Duration.ofMillis(800);

    private final Allocator allocator;

    public AllocateResource(Allocator allocator) {
        this.allocator = allocator;
    }

    @POST
    public Response allocate(InputStream body) {
        return switch (allocator.allocate(requestOf(JsonBody.read(body)))) {
            case Allocated(var allocation) -> ok(allocation, false);
            case AlreadyAllocated(var allocation) -> ok(allocation, true);
            case Refused why -> UnavailableBody.answer(why);
        };
    }

    /** The same without Jersey. */
    public Lane lane() {
        return new Lane(
                "/api/v1/allocate",
                request -> allocate(request.getInputStream()),
                () -> UnavailableBody.answer(new AllocationResult.Unavailable()));
    }

    private static CallRequest requestOf(JsonBody body) {
        var merchant = body.find("merchant_id").or(() -> body.find("reseller_id"));
        var origin = new Origin(body.label("provider"), body.label("flow"), body.label("template"));
        return new CallRequest(
                Vocabulary.read(CallSid::new, body.require("call_sid")),
                merchant.map(name -> Vocabulary.read(MerchantId::new, name)),
                origin,
                PATIENCE);
    }

    private static Response ok(Allocation allocation, boolean wasExisting) {
        return Response.ok(Answer.of(allocation, wasExisting), MediaType.APPLICATION_JSON_TYPE)
                .build();
    }

    /** @param allocatedAt RFC 3339, UTC, in ms: when the call first got the pod */
    @JsonNaming(SnakeCaseStrategy.class)
    record Answer(
            boolean success, String podName, String wsUrl, String sourcePool, boolean wasExisting, String allocatedAt) {
        static Answer of(Allocation allocation, boolean wasExisting) {
            return new Answer(
                    true,
                    allocation.pod().value(),
                    allocation.wsUrl(),
                    allocation.source().value(),
                    wasExisting,
                    Timestamps.text(allocation.allocatedAt()));
        }
    }
}
