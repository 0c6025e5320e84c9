package dev.smartrouter.tier;

import dev.smartrouter.PoolName;
import dev.smartrouter.TierName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The pools a call tries, in order.
 *
 * @param steps at least one, no pool twice
 * @param unknown what the merchant config names and nobody knows, each as field and value on one line; such a name is
 *     skipped and worth one line in the log
 */
public record FallbackChain(List<Step> steps, List<String> unknown) {
    /** @throws IllegalArgumentException if there is no step, or a pool has two */
    public FallbackChain {
        steps = List.copyOf(steps);
        unknown = List.copyOf(unknown);
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("a chain must have at least one step");
        }
        if (steps.stream().map(Step::pool).distinct().count() < steps.size()) {
            throw new IllegalArgumentException("a chain must name each pool once: " + steps);
        }
    }

    /** The chain of a call. A null merchant is one without a config, or with one that cannot be read. */
    public static FallbackChain resolve(TierConfig config, @Nullable MerchantConfig merchant) {
        if (merchant == null) {
            return new FallbackChain(byDefault(config), List.of());
        }
        var unknown = new LinkedHashSet<String>();
        var own = Optional.ofNullable(merchant.pool()).flatMap(pool -> own(config, pool, unknown));
        var named = fallback(config, merchant, own, unknown);
        var rest = named.isEmpty() ? withoutFallback(config, merchant, unknown) : named;
        var steps = Stream.concat(own.stream(), rest.stream()).distinct().toList();
        return new FallbackChain(steps, List.copyOf(unknown));
    }

    /** The pool that a merchant calls its own: a tier if one is called so, else a merchant pool, written down or not. */
    private static Optional<Step> own(TierConfig config, String pool, LinkedHashSet<String> unknown) {
        var tier = config.find(pool);
        if (tier.isPresent()) {
            return tier.map(config::step);
        }
        try {
            return Optional.of(new Step(PoolName.ofMerchant(new TierName(pool)), 1));
        } catch (IllegalArgumentException e) {
            unknown.add("pool " + Json.shown(pool));
            return Optional.empty();
        }
    }

    /** A fallback of unknown names alone comes out empty, and counts as none: better a wrong pod than no answer. */
    private static List<Step> fallback(
            TierConfig config, MerchantConfig merchant, Optional<Step> own, LinkedHashSet<String> unknown) {
        var steps = new ArrayList<Step>();
        for (var name : merchant.fallback()) {
            var step = name.equals(merchant.pool()) ? own : config.find(name).map(config::step);
            step.ifPresentOrElse(steps::add, () -> unknown.add("fallback " + Json.shown(name)));
        }
        return steps;
    }

    private static List<Step> withoutFallback(
            TierConfig config, MerchantConfig merchant, LinkedHashSet<String> unknown) {
        var tier = merchant.tier();
        var from = tier == null ? Optional.<List<Step>>empty() : config.chainFrom(tier);
        if (from.isPresent()) {
            return from.get();
        }
        var dedicated = MerchantConfig.DEDICATED.equals(tier);
        if (tier != null && !dedicated) {
            unknown.add("tier " + Json.shown(tier));
        }
        return dedicated || merchant.pool() != null ? config.chain() : byDefault(config);
    }

    private static List<Step> byDefault(TierConfig config) {
        var first = config.defaultTier();
        return first == null ? config.chain() : config.chainFrom(first.value()).orElseThrow();
    }
}
