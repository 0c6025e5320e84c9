package dev.smartrouter.config;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.smartrouter.MerchantId;
import dev.smartrouter.http.Bodies;
import dev.smartrouter.http.Refusal;
import dev.smartrouter.http.Vocabulary;
import dev.smartrouter.pool.RedisConfig;
import dev.smartrouter.pool.RedisConfig.Known;
import dev.smartrouter.tier.FallbackChain;
import dev.smartrouter.tier.MerchantConfig;
import dev.smartrouter.tier.TierConfig;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** {@code /api/v1/config/merchants}: what merchants wish for their calls, as operators write it. */
@Path("/api/v1/config/merchants")
public final class MerchantsResource {
    private static final String ABSENT = "merchant has no config";

    private final RedisConfig store;
    private final Supplier<TierConfig> tiers;

    /** @param tiers in force, for when the store has none that can be read */
    public MerchantsResource(RedisConfig store, Supplier<TierConfig> tiers) {
        this.store = store;
        this.tiers = tiers;
    }

    @GET
    public Response list(@QueryParam("cursor") @DefaultValue("0") String cursor) {
        if (!cursor.matches("\\d{1,20}")) throw Refusal.badRequest("cursor must be the next of a page before");
        return Response.ok(MerchantList.of(store.merchants(cursor)), MediaType.APPLICATION_JSON_TYPE)
                .build();
    }

    @GET
    @Path("/{merchant_id}")
    public Response show(
            @Context Request request, @Context HttpHeaders headers, @PathParam("merchant_id") String merchant) {
        return new Terms(request, headers).show(store.merchant(existing(merchant)), ABSENT);
    }

    @PUT
    @Path("/{merchant_id}")
    public Response put(
            @Context Request request,
            @Context HttpHeaders headers,
            @PathParam("merchant_id") String merchant,
            @QueryParam("dry_run") @DefaultValue("") String dryRun,
            InputStream body) {
        var id = Vocabulary.read(MerchantId::new, merchant);
        var dry = Terms.isDryRun(dryRun);
        var text = Terms.text(body, Bodies.MOST_BYTES);
        var wanted = Vocabulary.read(MerchantConfig::parse, text);
        return new Terms(request, headers)
                .change(
                        () -> store.merchant(id),
                        dry,
                        known -> {
                            var chain = chain(known, wanted);
                            return dry ? Optional.of(preview(chain)) : Optional.empty();
                        },
                        known -> store.writeMerchant(id, known, text),
                        known -> Written.answer("the config of merchant " + id, known, text));
    }

    @DELETE
    @Path("/{merchant_id}")
    public Response delete(
            @Context Request request,
            @Context HttpHeaders headers,
            @PathParam("merchant_id") String merchant,
            @QueryParam("dry_run") @DefaultValue("") String dryRun) {
        var id = existing(merchant);
        var dry = Terms.isDryRun(dryRun);
        return new Terms(request, headers)
                .change(
                        () -> store.merchant(id),
                        dry,
                        known -> {
                            if (!known.own().exists()) throw Refusal.notFound(ABSENT);
                            refuseIfNamed(id, known);
                            return dry
                                    ? Optional.of(preview(FallbackChain.resolve(tiers(known), null)))
                                    : Optional.empty();
                        },
                        known -> store.deleteMerchant(id, known),
                        known -> Written.deleted("the config of merchant " + id, known));
    }

    private static MerchantId existing(String merchant) {
        return Vocabulary.find(MerchantId::new, merchant).orElseThrow(() -> Refusal.notFound(ABSENT));
    }

    private TierConfig tiers(Known known) {
        return Mentions.tiers(known.tiers().text()).orElseGet(tiers);
    }

    /** What a router would skip with a line in its log is told here, while somebody can mend it. */
    private FallbackChain chain(Known known, MerchantConfig wanted) {
        var tiers = tiers(known);
        var chain = FallbackChain.resolve(tiers, wanted);
        if (!chain.unknown().isEmpty()) {
            throw Refusal.badRequest("merchant config names what there is not: " + String.join(", ", chain.unknown())
                    + "; the tiers are "
                    + tiers.tiers().stream().map(tier -> tier.name().value()).toList()
                    + ", the default chain " + tiers.defaultChain());
        }
        return chain;
    }

    private void refuseIfNamed(MerchantId merchant, Known known) {
        Mentions.in(store).objectionWithout(merchant.value(), tiers(known)).ifPresent(objection -> {
            throw Refusal.conflict(objection);
        });
    }

    private static Response preview(FallbackChain chain) {
        var pools = chain.steps().stream().map(step -> step.pool().value()).toList();
        return Response.ok(new Preview(true, pools), MediaType.APPLICATION_JSON_TYPE)
                .build();
    }

    /** @param chain the pools that the merchant's calls would try, in order */
    @JsonNaming(SnakeCaseStrategy.class)
    record Preview(boolean dryRun, List<String> chain) {}
}
