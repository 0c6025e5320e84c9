package dev.smartrouter.config;

import dev.smartrouter.pool.RedisConfig;
import dev.smartrouter.tier.FallbackChain;
import dev.smartrouter.tier.InvalidMerchantConfigException;
import dev.smartrouter.tier.InvalidTierConfigException;
import dev.smartrouter.tier.MerchantConfig;
import dev.smartrouter.tier.TierConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What merchants' configs name. A config that cannot be read names nothing. */
final class Mentions {
    private static final int SHOWN = 10;

    private final Map<String, MerchantConfig> merchants = new LinkedHashMap<>();

    Mentions(Map<String, MerchantConfig> merchants) {
        this.merchants.putAll(merchants);
    }

    /** All merchants' that the store has. */
    static Mentions in(RedisConfig store) {
        var merchants = new LinkedHashMap<String, MerchantConfig>();
        var cursor = Optional.of("0");
        while (cursor.isPresent()) {
            var page = store.merchants(cursor.get());
            for (var entry : page.entries()) {
                merchant(entry.config().text()).ifPresent(config -> merchants.put(entry.merchant(), config));
            }
            cursor = page.next();
        }
        return new Mentions(merchants);
    }

    static Optional<MerchantConfig> merchant(String text) {
        try {
            return Optional.of(MerchantConfig.parse(text));
        } catch (InvalidMerchantConfigException e) {
            return Optional.empty();
        }
    }

    static Optional<TierConfig> tiers(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(TierConfig.parse(text));
        } catch (InvalidTierConfigException e) {
            return Optional.empty();
        }
    }

    /** Why the one config cannot follow the other: who names what would be there no more; empty if nobody does. */
    Optional<String> objection(TierConfig before, TierConfig after) {
        var users = new ArrayList<String>();
        merchants.forEach((merchant, config) -> {
            var lost = lost(config, before, after);
            if (!lost.isEmpty()) users.add(merchant + " (" + String.join(", ", lost) + ")");
        });
        return said("merchants still name what would be gone: ", users);
    }

    private static Set<String> lost(MerchantConfig merchant, TierConfig before, TierConfig after) {
        var lost = new LinkedHashSet<>(FallbackChain.resolve(after, merchant).unknown());
        FallbackChain.resolve(before, merchant).unknown().forEach(lost::remove);
        var pool = merchant.pool();
        if (pool != null && has(before, pool) && !has(after, pool)) lost.add("pool '" + pool + "'");
        return lost;
    }

    /** Why a merchant's config cannot go: whose calls are to use its pool; empty if nobody's. */
    Optional<String> objectionWithout(String merchant, TierConfig tiers) {
        if (has(tiers, merchant)
                && tiers.pools().keySet().stream()
                        .anyMatch(pool ->
                                !pool.isMerchant() && pool.tier().value().equals(merchant))) {
            return Optional.empty(); // the others mean the tier of that name
        }
        var users = new ArrayList<String>();
        merchants.forEach((other, config) -> {
            if (other.equals(merchant)) return;
            var names = Stream.concat(
                            Stream.ofNullable(config.pool())
                                    .filter(merchant::equals)
                                    .map(name -> "pool"),
                            config.fallback().stream().filter(merchant::equals).map(name -> "fallback"))
                    .distinct()
                    .collect(Collectors.joining(", "));
            if (!names.isEmpty()) users.add(other + " (" + names + ")");
        });
        return said("other merchants still name '" + merchant + "': ", users);
    }

    private static boolean has(TierConfig config, String tier) {
        return config.tiers().stream().anyMatch(each -> each.name().value().equals(tier));
    }

    private static Optional<String> said(String what, List<String> users) {
        if (users.isEmpty()) return Optional.empty();
        var more = users.size() > SHOWN ? " and " + (users.size() - SHOWN) + " more" : "";
        return Optional.of(what + users.stream().sorted().limit(SHOWN).collect(Collectors.joining(", ")) + more);
    }
}
