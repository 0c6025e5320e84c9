package dev.smartrouter.tier;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a merchant wishes for its calls, as written; whether the names mean anything, {@link FallbackChain} finds out.
 *
 * @param tier a tier of the default chain to begin at, or {@code dedicated}; null: no wish
 * @param pool its own pool, tried first; null: none
 * @param fallback tiers to try after its pool, in order; empty: the default chain
 */
public record MerchantConfig(
        @Nullable String tier, @Nullable String pool, List<String> fallback) {
    /** The tier of a merchant that has pods of its own and may also use everybody's. */
    public static final String DEDICATED = "dedicated";

    private static final int MAX_CHARS = 16 * 1024;

    public MerchantConfig {
        fallback = List.copyOf(fallback);
    }

    /**
     * Reads {@code {"tier":…,"pool":…,"fallback":[…]}}. Each may be absent, null or empty, which is the same; other
     * fields are ignored.
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
                    Json.isAbsent(fallback) ? List.of() : Json.texts("fallback", "a list of tier names", fallback));
        } catch (IllegalArgumentException e) {
            throw new InvalidMerchantConfigException(Json.oneLine(e.getMessage()), e);
        }
    }
}
