package dev.smartrouter.call;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dropwizard.testing.junit5.ResourceExtension;
import jakarta.ws.rs.client.Entity;
import jakarta.ws.rs.client.Invocation;
import jakarta.ws.rs.core.Response;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** A router of stubs, answering requests in memory. A test keeps {@link #server} in a field of its own. */
public class HttpFixture {
    public static final String FORM = "application/x-www-form-urlencoded";
    public static final String JSON = "application/json";

    /** Held, because a logger that nobody holds forgets its level. */
    private static final Logger JERSEY = Logger.getLogger("org.glassfish.jersey.test");

    static {
        JERSEY.setLevel(Level.WARNING);
    }

    public final RouterFixture router;
    public final ResourceExtension server;

    public HttpFixture(RouterFixture router, Object... resources) {
        this.router = router;
        var builder = ResourceExtension.builder()
                .setRegisterDefaultExceptionMappers(false)
                .bootstrapLogging(false);
        Stream.concat(router.components().stream(), Stream.of(resources)).forEach(builder::addProvider);
        server = builder.build();
    }

    /** @param path with its query, if it has one */
    public Invocation.Builder request(String path) {
        return server.client()
                .target(server.target("").getUri().resolve(path.replace(" ", "%20")))
                .request();
    }

    public Response get(String path) {
        return request(path).get();
    }

    public Response post(String path, byte[] body, String contentType) {
        return request(path).post(Entity.entity(body, contentType));
    }

    public Response form(String path, String body) {
        return post(path, body.getBytes(UTF_8), FORM);
    }

    public Response json(String path, String body) {
        return post(path, body.getBytes(UTF_8), JSON);
    }
}
