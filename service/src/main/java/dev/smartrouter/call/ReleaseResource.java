package dev.smartrouter.call;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.smartrouter.CallSid;
import dev.smartrouter.http.JsonBody;
import dev.smartrouter.http.Lane;
import dev.smartrouter.http.Refusal;
import dev.smartrouter.http.Vocabulary;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;

/** {@code POST /api/v1/release}: the voice agent gives a pod back. */
@Path("/api/v1/release")
public final class ReleaseResource {
    private final Releaser releaser;

    public ReleaseResource(Releaser releaser) {
        this.releaser = releaser;
    }

    @POST
    public Response release(InputStream body) {
        var json = JsonBody.read(body);
        var call = Vocabulary.read(CallSid::new, json.require("call_sid"));
        return switch (releaser.release(call, json.remark("reason"))) {
            case ReleaseResult.Released released ->
                Response.ok(Answer.of(released), MediaType.APPLICATION_JSON_TYPE)
                        .build();
            case ReleaseResult.NotFound nothing -> Refusal.response(Response.Status.NOT_FOUND, "call not found");
            case ReleaseResult.Unavailable unavailable -> UnavailableBody.answer(new AllocationResult.Unavailable());
        };
    }

    /** The same without Jersey. */
    public Lane lane() {
        return new Lane("/api/v1/release", request -> release(request.getInputStream()), null);
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record Answer(boolean success, String podName, String releasedToPool, boolean wasDraining) {
        static Answer of(ReleaseResult.Released released) {
            return new Answer(true, released.pod().value(), released.to().value(), released.wasDraining());
        }
    }
}
