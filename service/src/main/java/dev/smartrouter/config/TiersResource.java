package dev.smartrouter.config;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.smartrouter.http.Refusal;
import dev.smartrouter.http.Vocabulary;
import dev.smartrouter.pool.Inventory;
import dev.smartrouter.pool.RedisConfig;
import dev.smartrouter.pool.RedisConfig.Known;
import dev.smartrouter.tier.PlannedMove;
import dev.smartrouter.tier.TierConfig;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** {@code /api/v1/config/tiers}: which tiers there are, as operators write them. */
@Path("/api/v1/config/tiers")
public final class TiersResource {
    private static final int MOST_BYTES = 1 << 20;

    private final RedisConfig store;
    private final Inventory inventory;
    private final boolean followsCluster;

    /** @param followsCluster whether pods move by themselves; false where an operator sets the pools by hand */
    public TiersResource(RedisConfig store, Inventory inventory, boolean followsCluster) {
        this.store = store;
        this.inventory = inventory;
        this.followsCluster = followsCluster;
    }

    @GET
    public Response show(@Context Request request, @Context HttpHeaders headers) {
        return new Terms(request, headers).show(store.tiers(), "there is no tier config yet");
    }

    @PUT
    public Response put(
            @Context Request request,
            @Context HttpHeaders headers,
            @QueryParam("dry_run") @DefaultValue("") String dryRun,
            InputStream body) {
        var dry = Terms.isDryRun(dryRun);
        var text = Terms.text(body, MOST_BYTES);
        var wanted = Vocabulary.read(TierConfig::parse, text);
        return new Terms(request, headers)
                .change(
                        store::tiers,
                        dry,
                        known -> {
                            refuseIfNamed(known, wanted);
                            return dry ? Optional.of(preview(wanted)) : Optional.empty();
                        },
                        known -> store.writeTiers(known, text),
                        known -> Written.answer("the tier config", known, text));
    }

    private void refuseIfNamed(Known known, TierConfig wanted) {
        Mentions.tiers(known.own().text())
                .flatMap(present -> Mentions.in(store).objection(present, wanted))
                .ifPresent(objection -> {
                    throw Refusal.conflict(objection);
                });
    }

    private Response preview(TierConfig wanted) {
        var moves = followsCluster
                ? PlannedMove.of(wanted, inventory.assigned()).stream()
                        .map(Moving::of)
                        .toList()
                : List.<Moving>of();
        return Response.ok(new Preview(true, followsCluster, moves), MediaType.APPLICATION_JSON_TYPE)
                .build();
    }

    /** @param followsCluster false where no pod moves by itself */
    @JsonNaming(SnakeCaseStrategy.class)
    record Preview(boolean dryRun, boolean followsCluster, List<Moving> moves) {}

    /** @param when {@code now}, or {@code idle}: after its calls, once it serves */
    @JsonNaming(SnakeCaseStrategy.class)
    record Moving(String podName, String from, String to, String when) {
        static Moving of(PlannedMove planned) {
            var move = planned.move();
            return new Moving(
                    move.pod().value(), move.from().value(), move.to().value(), planned.atOnce() ? "now" : "idle");
        }
    }
}
