package dev.smartrouter.config;

import dev.smartrouter.http.Bodies;
import dev.smartrouter.http.ErrorBody;
import dev.smartrouter.http.Refusal;
import dev.smartrouter.pool.RedisConfig.Known;
import dev.smartrouter.pool.RedisConfig.Outcome;
import dev.smartrouter.pool.RedisConfig.Stored;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** On which terms a configuration is shown and changed (RFC 9110, section 13; RFC 6585, section 3). */
final class Terms {
    /** How often a write is prepared anew because something else has changed meanwhile. */
    private static final int TRIES = 10;

    private final Request request;
    private final HttpHeaders headers;

    Terms(Request request, HttpHeaders headers) {
        this.request = request;
        this.headers = headers;
    }

    /** The text as it is stored, with its tag; 304 if the sender has it already. */
    Response show(Known known, String absent) {
        if (!known.own().exists()) return known.open() ? missing(absent) : recovering();
        var tag = new EntityTag(known.own().hash());
        var unchanged = request.evaluatePreconditions(tag);
        if (unchanged != null) return unchanged.tag(tag).build();
        return Response.ok(known.own().text(), MediaType.APPLICATION_JSON_TYPE)
                .tag(tag)
                .build();
    }

    /**
     * Does what the sender wants with what is there, again if that changes meanwhile and the sender's terms still hold.
     *
     * @param answer what to say instead of writing; empty to write
     * @param write replaces what is known
     * @param done what to say after it
     * @throws Refusal if the sender's terms do not hold
     */
    Response change(
            Supplier<Known> read,
            boolean dryRun,
            Function<Known, Optional<Response>> answer,
            Function<Known, Outcome> write,
            Function<Known, Response> done) {
        for (int i = 0; i < TRIES; i++) {
            var known = read.get();
            if (!known.open()) return recovering();
            check(known.own(), dryRun);
            var instead = answer.apply(known);
            if (instead.isPresent()) return instead.get();
            switch (write.apply(known)) {
                case WRITTEN -> {
                    return done.apply(known);
                }
                case RECOVERING -> {
                    return recovering();
                }
                case CHANGED -> {} // the sender's terms will tell
            }
        }
        throw Refusal.conflict("others are changing the configuration right now: try again");
    }

    private void check(Stored own, boolean dryRun) {
        var refused = own.exists()
                ? request.evaluatePreconditions(new EntityTag(own.hash()))
                : request.evaluatePreconditions();
        if (refused != null) throw Refusal.preconditionFailed(objection(own));
        if (own.exists() && !dryRun && headers.getHeaderString(HttpHeaders.IF_MATCH) == null) {
            throw Refusal.preconditionRequired(
                    "there is one already: read it and send its ETag as If-Match (or *, to replace whatever is there)");
        }
    }

    private String objection(Stored own) {
        if (!own.exists()) return "there is none (any more), and If-Match says that there is: read it again";
        return headers.getHeaderString(HttpHeaders.IF_MATCH) == null
                ? "there is one already, and If-None-Match says that there is none"
                : "somebody has changed it since: read it again, If-Match must be its ETag now";
    }

    private static Response missing(String absent) {
        return Refusal.response(Response.Status.NOT_FOUND, absent);
    }

    private static Response recovering() {
        return Refusal.tryLater(new ErrorBody("recovering"));
    }

    /** The body as a text. @throws Refusal 413 if it is too large, 400 if it is no UTF-8 */
    static String text(InputStream body, int mostBytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Bodies.read(body, mostBytes)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw Refusal.badRequest("request body must be JSON in UTF-8");
        }
    }

    /** @throws Refusal 400 if it is neither */
    static boolean isDryRun(String text) {
        return switch (text) {
            case "true" -> true;
            case "false", "" -> false;
            default -> throw Refusal.badRequest("dry_run must be true or false");
        };
    }
}
