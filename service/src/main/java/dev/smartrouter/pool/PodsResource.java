package dev.smartrouter.pool;

import dev.smartrouter.http.Vocabulary;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code GET /api/v1/pods}: all pods, a page at a time. */
@Path("/api/v1/pods")
public final class PodsResource {
    private final Inventory inventory;

    public PodsResource(Inventory inventory) {
        this.inventory = inventory;
    }

    @GET
    public Response list(@QueryParam("cursor") @DefaultValue("") String cursor) {
        var page = Vocabulary.read(inventory::pods, cursor);
        var pods = page.things().stream().map(PodResource.Answer::of).toList();
        return Response.ok(new Answer(pods, page.next().orElse(null)), MediaType.APPLICATION_JSON_TYPE)
                .build();
    }

    /** @param next the cursor of the page after it; null at the end */
    record Answer(List<PodResource.Answer> pods, @Nullable String next) {}
}
