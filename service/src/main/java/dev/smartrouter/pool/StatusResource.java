package dev.smartrouter.pool;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.smartrouter.PoolName;
import dev.smartrouter.http.Timestamps;
import dev.smartrouter.tier.Mode;
import dev.smartrouter.tier.Tier;
import dev.smartrouter.tier.TierConfig;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /api/v1/status}: how full the pools are. Always 200: when the store does not answer, {@code status} is
 * {@code down} and the figures are the last that this router saw.
 */
@Path("/api/v1/status")
public final class StatusResource {
    private final Pools pools;
    private final Supplier<TierConfig> tiers;
    private final Supplier<Standing> standing;
    private final AtomicReference<Census> last = new AtomicReference<>(new Census(0, Map.of()));

    /** @param standing how this replica stands now */
    public StatusResource(Pools pools, Supplier<TierConfig> tiers, Supplier<Standing> standing) {
        this.pools = pools;
        this.tiers = tiers;
        this.standing = standing;
    }

    @GET
    public Response show() {
        String status;
        try {
            last.set(pools.census());
            status = "up";
        } catch (StoreUnavailableException e) {
            status = "down";
        }
        var census = last.get();
        var answer = Answer.of(count(census), census.activeCalls(), standing.get(), status);
        return Response.ok(answer, MediaType.APPLICATION_JSON_TYPE).build();
    }

    /** By tier name. Should a merchant's pool be called as a tier is, it keeps its {@code merchant:}. */
    private Map<String, Count> count(Census census) {
        var tierOf = tiers.get().pools();
        var counts = new LinkedHashMap<String, Count>();
        census.pools().forEach((pool, count) -> {
            var name = pool.tier().value();
            counts.put(counts.containsKey(name) ? pool.value() : name, Count.of(modeOf(tierOf, pool), count));
        });
        return counts;
    }

    /** A pool that is no longer in the config was last seen with one call a pod. */
    private static Mode modeOf(Map<PoolName, Tier> tierOf, PoolName pool) {
        var tier = tierOf.get(pool);
        return tier == null ? Mode.EXCLUSIVE : tier.mode();
    }

    /**
     * @param leadingSince null while this replica does not lead
     * @param lastReconcile null where this replica has made none
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record Answer(
            Map<String, Count> pools,
            long activeCalls,
            boolean isLeader,
            String status,
            String gate,
            @Nullable String leader,
            @Nullable String leadingSince,
            @Nullable LastReconcile lastReconcile) {
        static Answer of(Map<String, Count> pools, long activeCalls, Standing standing, String status) {
            return new Answer(
                    pools,
                    activeCalls,
                    standing.leads(),
                    status,
                    standing.gateOpen() ? "open" : "closed",
                    standing.leader().orElse(null),
                    standing.since().map(Timestamps::text).orElse(null),
                    standing.reconciled().map(LastReconcile::of).orElse(null));
        }
    }

    /** @param error empty if it went well */
    @JsonNaming(SnakeCaseStrategy.class)
    record LastReconcile(String at, long tookMs, String error) {
        static LastReconcile of(ReconcileLoop.Outcome outcome) {
            return new LastReconcile(
                    Timestamps.text(outcome.at()), outcome.took().toMillis(), outcome.error());
        }
    }

    /**
     * @param type {@code exclusive} or {@code shared}
     * @param activeCalls null in a pool too large to be counted pod by pod; so is draining
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record Count(
            String type,
            long assigned,
            long available,
            @Nullable Long activeCalls,
            @Nullable Long draining) {
        static Count of(Mode mode, Census.Count count) {
            return new Count(
                    mode.text(),
                    count.assigned(),
                    count.available(),
                    known(count.activeCalls()),
                    known(count.draining()));
        }

        private static @Nullable Long known(long figure) {
            return figure < 0 ? null : figure;
        }
    }
}
