package dev.smartrouter.tier;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What a merchant wishes for its calls, as written; whether the names mean anything, {@link FallbackChain} finds out.
 *
 * @param tier a tier of the default chain to begin at, or {@code dedicated}; null: no wish
 * @param pool its own pool, tried first; null: none
 * @param fallback tiers to try after its pool, in order; empty: the default chain
 * @param limits how much it may ask for at most
 */
public record MerchantConfig(
        @Nullable String tier, @Nullable String pool, List<String> fallback, Limits limits) {
    /** The tier of a merchant that has pods of its own and may also use everybody's. */
    public static final String DEDICATED = "dedicated";

    private static final int MAX_CHARS = 16 * 1024;
    private static final int MOST = 1_000_000;

    public MerchantConfig {
        fallback = List.copyOf(fallback);
    }

    /**
     * Reads {@code {"tier":…,"pool":…,"fallback":[…],"max_calls":…,"max_cps":…}}. Each may be absent, null or empty,
     * which is the same; other fields are ignored. A limit of 0 lets no call in.
     *
     * @throws InvalidMerchantConfigException if the text is no such object; nothing else is ever thrown
     */
    public static MerchantConfig parse(String json) {
        try {
            var root = Json.object("merchant config", json, MAX_CHARS);
            var fallback = root.path("fallback");
            return new MerchantConfig(
                    Json.text("tier", "a tier name", root.path("tier")),
                    Json.text("pool", "the name of a pool", root.path("pool")),
                    Json.isAbsent(fallback) ? List.of() : Json.texts("fallback", "a list of tier names", fallback),
                    new Limits(limit("max_calls", root), limit("max_cps", root)));
        } catch (IllegalArgumentException e) {
            throw new InvalidMerchantConfigException(Json.oneLine(e.getMessage()), e);
        }
    }

    private static OptionalInt limit(String name, JsonNode root) {
        var node = root.path(name);
        if (Json.isAbsent(node) || (node.isTextual() && node.textValue().isEmpty())) return OptionalInt.empty();
        return OptionalInt.of(Json.whole(name, node, 0, MOST));
    }
}
