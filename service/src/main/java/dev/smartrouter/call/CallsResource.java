package dev.smartrouter.call;

import dev.smartrouter.http.Vocabulary;
import dev.smartrouter.pool.Inventory;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code GET /api/v1/calls}: all live calls, a page at a time. */
@Path("/api/v1/calls")
public final class CallsResource {
    private final Inventory inventory;
    private final StreamUrl urls;

    public CallsResource(Inventory inventory, StreamUrl urls) {
        this.inventory = inventory;
        this.urls = urls;
    }

    @GET
    public Response list(@QueryParam("cursor") @DefaultValue("") String cursor) {
        var page = Vocabulary.read(inventory::calls, cursor);
        var calls = page.things().stream()
                .map(call -> CallResource.Answer.of(call, urls.of(call)))
                .toList();
        return Response.ok(new Answer(calls, page.next().orElse(null)), MediaType.APPLICATION_JSON_TYPE)
                .build();
    }

    /** @param next the cursor of the page after it; null at the end */
    record Answer(List<CallResource.Answer> calls, @Nullable String next) {}
}
