package dev.smartrouter.provider;

import dev.smartrouter.http.Lane;
import dev.smartrouter.http.Refusal;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/{provider}/allocate}: a provider's webhook, as the original's nginx passes it on. */
@Path("/api/v1/" + Providers.PATH + "/allocate")
public final class WebhookResource {
    private final Webhook webhook;

    public WebhookResource(Webhook webhook) {
        this.webhook = webhook;
    }

    @POST
    public Response post(@PathParam("provider") String provider, @Context UriInfo uri, InputStream body) {
        return post(provider, uri.getRequestUri().getRawQuery(), body);
    }

    private Response post(String provider, @Nullable String query, InputStream body) {
        return answer(provider, Fields.of(query, body));
    }

    /** The POSTs of all providers without Jersey, by path. */
    public Map<String, Lane> lanes() {
        return Providers.lanes(
                WebhookResource::path,
                WebhookResource::path,
                (provider, request) -> post(provider, request.getQueryString(), request.getInputStream()));
    }

    @GET
    public Response get(@PathParam("provider") String provider, @Context UriInfo uri) {
        return answer(provider, Fields.of(uri.getRequestUri().getRawQuery()));
    }

    /** Jersey would answer it with a GET's answer without its body, and a pod would be taken for nothing. */
    @HEAD
    public Response head() {
        return Refusal.notAllowed("GET", "POST");
    }

    private static String path(String provider) {
        return "/api/v1/" + provider + "/allocate";
    }

    private Response answer(String provider, Fields fields) {
        return webhook.answer(Providers.named(provider), fields, fields.label("template"));
    }
}
