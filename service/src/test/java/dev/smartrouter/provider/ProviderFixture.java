package dev.smartrouter.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.smartrouter.call.RouterFixture;
import io.dropwizard.testing.junit5.ResourceExtension;
import jakarta.ws.rs.client.Entity;
import jakarta.ws.rs.client.Invocation;
import jakarta.ws.rs.core.Response;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A router of stubs with all its resources, answering requests in memory. */
public final class ProviderFixture {
    static final String FORM = "application/x-www-form-urlencoded";

    /** Held, because a logger that nobody holds forgets its level. */
    private static final Logger JERSEY = Logger.getLogger("org.glassfish.jersey.test");

    static {
        JERSEY.setLevel(Level.WARNING);
    }

    public final RouterFixture router = new RouterFixture();
    public final ResourceExtension http;

    public ProviderFixture() {
        var webhook = new Webhook(router.allocator, router.panics::add);
        var builder = ResourceExtension.builder()
                .setRegisterDefaultExceptionMappers(false)
                .bootstrapLogging(false)
                .addResource(new WebhookResource(webhook))
                .addResource(new PublicWebhookResource(webhook))
                .addResource(new StatusCallbackResource(router.releaser));
        router.components().forEach(builder::addProvider);
        http = builder.build();
    }

    /** @param path with its query, if it has one */
    public Invocation.Builder request(String path) {
        return http.client().target(http.target("").getUri().resolve(path)).request();
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
        return post(path, body.getBytes(UTF_8), "application/json");
    }
}
