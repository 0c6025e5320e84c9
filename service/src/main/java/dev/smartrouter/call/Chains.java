package dev.smartrouter.call;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.smartrouter.MerchantId;
import dev.smartrouter.tier.FallbackChain;
import dev.smartrouter.tier.InvalidMerchantConfigException;
import dev.smartrouter.tier.Limits;
import dev.smartrouter.tier.MerchantConfig;
import dev.smartrouter.tier.TierConfig;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Which pools a call may try, from the tier config as it is now and the merchant's config as the store last told it.
 * What is remembered here may be old: every claim says from which text its chain comes, and the store objects if
 * that is not the text it has.
 */
public final class Chains {
    /** Characters of merchant config kept in memory, with a little for each merchant. */
    private static final long MOST_CHARS = 16L << 20;

    private static final int OVERHEAD_CHARS = 256;

    private final Supplier<TierConfig> tiers;
    private final CallEvents events;
    private final Cache<MerchantId, Known> known = Caffeine.newBuilder()
            .maximumWeight(MOST_CHARS)
            .weigher((MerchantId merchant, Known config) ->
                    OVERHEAD_CHARS + config.text().length())
            .executor(Runnable::run)
            .build();

    private volatile @Nullable Known nobodys;

    /** @param tiers the tier config in force; asked once for each call */
    public Chains(Supplier<TierConfig> tiers, CallEvents events) {
        this.tiers = tiers;
        this.events = events;
    }

    /** The chain of a call of this merchant, or of nobody's. */
    Resolved resolve(Optional<MerchantId> merchant) {
        var inForce = tiers.get();
        var config = merchant.map(known::getIfPresent).orElse(null);
        if (merchant.isEmpty() || config == null) return nobodys(inForce);
        if (config.tiers().equals(inForce)) return config.resolved();
        return remember(merchant.get(), config.text(), config.merchant(), inForce)
                .resolved();
    }

    private Resolved nobodys(TierConfig inForce) {
        var last = nobodys;
        if (last == null || !last.tiers().equals(inForce)) {
            last = new Known("", null, inForce, FallbackChain.resolve(inForce, null));
            nobodys = last;
        }
        return last.resolved();
    }

    /** Takes note of a merchant's config as the store has it; "" if it has none. */
    void learn(MerchantId merchant, String text) {
        if (text.isEmpty()) {
            known.invalidate(merchant);
            return;
        }
        remember(merchant, text, read(merchant, text), tiers.get());
    }

    private @Nullable MerchantConfig read(MerchantId merchant, String text) {
        try {
            return MerchantConfig.parse(text);
        } catch (InvalidMerchantConfigException e) {
            events.merchantConfigUnreadable(merchant, String.valueOf(e.getMessage()));
            return null;
        }
    }

    private Known remember(MerchantId merchant, String text, @Nullable MerchantConfig config, TierConfig inForce) {
        var chain = FallbackChain.resolve(inForce, config);
        if (!chain.unknown().isEmpty()) events.merchantConfigUnknownNames(merchant, chain.unknown());
        var entry = new Known(text, config, inForce, chain);
        known.put(merchant, entry);
        return entry;
    }

    /** @param text the merchant's config that the chain and the limits come from; "" if none */
    record Resolved(String text, FallbackChain chain, Limits limits) {}

    /** @param merchant null if the text is no config */
    private record Known(String text, @Nullable MerchantConfig merchant, TierConfig tiers, FallbackChain chain) {
        Resolved resolved() {
            return new Resolved(text, chain, merchant == null ? Limits.NONE : merchant.limits());
        }
    }
}
