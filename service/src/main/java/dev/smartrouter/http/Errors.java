package dev.smartrouter.http;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.util.Locale;
import org.glassfish.jersey.message.internal.HeaderValueException;

/** Says every error in JSON, and of an unexpected one nothing but that it happened. */
public final class Errors implements ExceptionMapper<Throwable> {
    private final Panics panics;

    public Errors(Panics panics) {
        this.panics = panics;
    }

    @Override
    public Response toResponse(Throwable error) {
        return switch (error) {
            case WebApplicationException known -> ofStatus(known.getResponse());
            case HeaderValueException header
            when header.getContext() == HeaderValueException.Context.INBOUND ->
                Refusal.response(Status.BAD_REQUEST, "invalid request header");
            default -> {
                panics.recovered(error);
                yield Refusal.response(Status.INTERNAL_SERVER_ERROR, "internal error");
            }
        };
    }

    /** Jersey's own answer, its headers kept (a 405 says what is allowed), its words replaced by ours. */
    private static Response ofStatus(Response response) {
        if (response.getStatusInfo().getFamily() == Response.Status.Family.REDIRECTION) return response;
        var reason = response.getStatusInfo().getReasonPhrase().toLowerCase(Locale.ROOT);
        return Response.fromResponse(response)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(new ErrorBody(reason))
                .build();
    }
}
