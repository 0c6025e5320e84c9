package dev.smartrouter.provider;

import dev.smartrouter.call.AllocationResult;
import dev.smartrouter.call.UnavailableBody;
import dev.smartrouter.http.Refusal;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.Set;

/** Exotel: its Voicebot applet reads JSON, and takes any status but 2xx for a failure. */
final class Exotel implements Provider {
    private static final Set<String> TERMINAL = Set.of("completed", "failed", "busy", "no-answer");

    @Override
    public String name() {
        return "exotel";
    }

    @Override
    public String callField() {
        return "CallSid";
    }

    @Override
    public CallSign read(Fields callback) {
        var status = callback.word("Status");
        if (TERMINAL.contains(status)) return CallSign.ENDED;
        return status.equals("in-progress") ? CallSign.LIVE : CallSign.OTHER;
    }

    @Override
    public Response stream(String wsUrl) {
        return Response.ok(new Stream(wsUrl), MediaType.APPLICATION_JSON_TYPE).build();
    }

    @Override
    public Response refuse(AllocationResult.Refused why) {
        return UnavailableBody.answer(why);
    }

    @Override
    public Response reject(String reason) {
        return Refusal.response(Status.BAD_REQUEST, reason);
    }

    @Override
    public Response fail() {
        return Refusal.response(Status.INTERNAL_SERVER_ERROR, "internal error");
    }

    record Stream(String url) {}
}
