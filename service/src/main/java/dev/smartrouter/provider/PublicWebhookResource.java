package dev.smartrouter.provider;

import dev.smartrouter.http.Labels;
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

/**
 * {@code /agent/voice/breeze-buddy/{provider}/callback/{template}}: a provider's webhook at its public address. The
 * template, and the slash before it, may be missing.
 */
@Path("/agent/voice/breeze-buddy/" + Providers.PATH + "/callback{template: (?:/[^/]*)?}")
public final class PublicWebhookResource {
    private final Webhook webhook;

    public PublicWebhookResource(Webhook webhook) {
        this.webhook = webhook;
    }

    @POST
    public Response post(
            @PathParam("provider") String provider,
            @PathParam("template") String template,
            @Context UriInfo uri,
            InputStream body) {
        return answer(provider, Fields.of(uri.getRequestUri().getRawQuery(), body), template);
    }

    /** The POSTs of all providers without Jersey, by all of their path but the template. */
    public Map<String, Lane> lanes() {
        return Providers.lanes(
                provider -> path(provider) + "/", provider -> path(provider) + "{template}", (provider, request) -> {
                    var fields = Fields.of(request.getQueryString(), request.getInputStream());
                    return answer(
                            provider,
                            fields,
                            request.getRequestURI().substring(path(provider).length()));
                });
    }

    private static String path(String provider) {
        return "/agent/voice/breeze-buddy/" + provider + "/callback";
    }

    @GET
    public Response get(
            @PathParam("provider") String provider, @PathParam("template") String template, @Context UriInfo uri) {
        return answer(provider, Fields.of(uri.getRequestUri().getRawQuery()), template);
    }

    /** Jersey would answer it with a GET's answer without its body, and a pod would be taken for nothing. */
    @HEAD
    public Response head() {
        return Refusal.notAllowed("GET", "POST");
    }

    private Response answer(String provider, Fields fields, String template) {
        var name = template.startsWith("/") ? template.substring(1) : template;
        return webhook.answer(Providers.named(provider), fields, Labels.orEmpty(name));
    }
}
