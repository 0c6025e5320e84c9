package dev.smartrouter.http;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;

/** A request that is answered with {@code {"error":…}} instead of what it asked for. */
public final class Refusal extends WebApplicationException {
    private static final long serialVersionUID = 1;
    private static final int RETRY_AFTER_SECONDS = 1;

    private Refusal(Response.StatusType status, String error) {
        this(error, response(status, error));
    }

    private Refusal(String error, Response response) {
        super(error, response);
    }

    /** 400: the sender can mend it. The text says what is wrong and what would be right. */
    public static Refusal badRequest(String error) {
        return new Refusal(Status.BAD_REQUEST, error);
    }

    /** 400 for a body that is not what the endpoint reads. */
    public static Refusal invalidBody() {
        return badRequest("invalid request body");
    }

    public static Refusal notFound(String error) {
        return new Refusal(Status.NOT_FOUND, error);
    }

    /** 409: it does not fit what else there is now. */
    public static Refusal conflict(String error) {
        return new Refusal(Status.CONFLICT, error);
    }

    /** 412: it is not what the sender took it for. */
    public static Refusal preconditionFailed(String error) {
        return new Refusal(Status.PRECONDITION_FAILED, error);
    }

    /** 428: the sender must say what it takes it for. */
    public static Refusal preconditionRequired(String error) {
        return new Refusal(Status.PRECONDITION_REQUIRED, error);
    }

    /** 413: the rest of the body stays unread. */
    static Refusal tooLarge(int mostBytes) {
        return new Refusal(Status.REQUEST_ENTITY_TOO_LARGE, "request body must be at most " + mostBytes + " bytes");
    }

    /** 405 for a method that Jersey would else answer by itself. */
    public static Response notAllowed(String... allowed) {
        return Response.fromResponse(response(Status.METHOD_NOT_ALLOWED, "method not allowed"))
                .allow(allowed)
                .build();
    }

    /** The answer by itself, for those who have no reason to throw. */
    public static Response response(Response.StatusType status, String error) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(new ErrorBody(error))
                .build();
    }

    /**
     * 503 for what may go well in a moment. Never 429, which the voice agent's client retries at once (operations
     * document 000); {@code Retry-After} is in seconds.
     */
    public static Response tryLater(Object body) {
        return Response.status(Status.SERVICE_UNAVAILABLE)
                .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(body)
                .build();
    }
}
