package dev.smartrouter.tier;

import static dev.smartrouter.tier.Mode.SHARED;

import dev.smartrouter.PoolName;
import dev.smartrouter.TierName;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which tiers there are, and which of them every call may try. A tier outside the chain that is not shared is a
 * merchant's own.
 *
 * @param tiers in the order in which they were written
 * @param defaultChain the tiers that a call without a merchant's wishes tries, in order; at least one
 * @param defaultTier where in that chain such a call begins; null: at its head
 */
public record TierConfig(
        List<Tier> tiers,
        List<TierName> defaultChain,
        @Nullable TierName defaultTier) {
    /** The tier that, if the chain has it, takes the pods no target asks for. */
    public static final TierName OVERFLOW = new TierName("overflow");

    /** What a router without any configuration seeds: the original's own tiers (operations document 000, section 5). */
    public static final String DEFAULT_JSON = """
            {"gold":{"type":"exclusive","target":1},\
            "standard":{"type":"exclusive","target":1},\
            "basic":{"type":"shared","target":1,"max_concurrent":3}}""";

    public static final TierConfig DEFAULT = parse(DEFAULT_JSON);

    /** @throws IllegalArgumentException if a name appears twice, the chain is empty or a name means no tier of it */
    public TierConfig {
        tiers = List.copyOf(tiers);
        defaultChain = List.copyOf(defaultChain);
        var names = new HashSet<TierName>();
        for (var tier : tiers) {
            if (!names.add(tier.name())) {
                throw new IllegalArgumentException(
                        "tiers must have names of their own, not '" + tier.name() + "' twice");
            }
        }
        if (defaultChain.isEmpty()) {
            throw new IllegalArgumentException("default_chain must name at least one tier, not []");
        }
        var chained = new HashSet<TierName>();
        for (var name : defaultChain) {
            if (!names.contains(name)) {
                throw new IllegalArgumentException(
                        "default_chain must name tiers of " + namesOf(tiers) + ", not '" + name + "'");
            }
            if (!chained.add(name)) {
                throw new IllegalArgumentException("default_chain must name a tier once, not '" + name + "' twice");
            }
        }
        if (defaultTier != null && !chained.contains(defaultTier)) {
            throw new IllegalArgumentException(
                    "default_tier must be one of default_chain " + defaultChain + ", not '" + defaultTier + "'");
        }
    }

    /**
     * Reads any of the three forms: {@code {"tiers":{…},"default_chain":[…],"default_tier":…}}, the tiers alone, or
     * {@code {name: target}}. An object with a field {@code tiers} or {@code default_chain} is of the first form.
     *
     * @throws InvalidTierConfigException if the text is none of them; nothing else is ever thrown
     */
    public static TierConfig parse(String json) {
        try {
            return TierConfigReader.read(json);
        } catch (IllegalArgumentException e) {
            throw new InvalidTierConfigException(Json.oneLine(e.getMessage()), e);
        }
    }

    public Optional<Tier> find(TierName name) {
        return find(name.value());
    }

    /** The same for a name that may be none. */
    Optional<Tier> find(String name) {
        return tiers.stream().filter(tier -> tier.name().value().equals(name)).findFirst();
    }

    /** Whether the tier is a merchant's own: known, not in the chain and not shared. */
    public boolean isMerchant(TierName name) {
        return find(name).filter(this::isMerchant).isPresent();
    }

    private boolean isMerchant(Tier tier) {
        return tier.mode() != SHARED && !defaultChain.contains(tier.name());
    }

    /** @throws IllegalArgumentException if there is no such tier: what its pool would be, nobody can say */
    public PoolName poolOf(TierName name) {
        return poolOf(find(name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "the tier must be one of " + namesOf(tiers) + ", not '" + name + "'")));
    }

    private PoolName poolOf(Tier tier) {
        return isMerchant(tier) ? PoolName.ofMerchant(tier.name()) : PoolName.ofTier(tier.name());
    }

    /** Every pool and the tier that it serves, in the order of the tiers. */
    public SequencedMap<PoolName, Tier> pools() {
        var pools = new LinkedHashMap<PoolName, Tier>();
        tiers.forEach(tier -> pools.put(poolOf(tier), tier));
        return pools;
    }

    /** The whole default chain. */
    public List<Step> chain() {
        return defaultChain.stream().map(name -> step(find(name).orElseThrow())).toList();
    }

    /** The default chain from one of its tiers on; empty if it has no tier of that name. */
    Optional<List<Step>> chainFrom(String name) {
        return defaultChain.stream()
                .filter(tier -> tier.value().equals(name))
                .findFirst()
                .map(tier -> chain().subList(defaultChain.indexOf(tier), defaultChain.size()));
    }

    Step step(Tier tier) {
        return new Step(poolOf(tier), tier.capacity());
    }

    private static String namesOf(List<Tier> tiers) {
        return tiers.stream().map(tier -> tier.name().value()).collect(Collectors.joining(", ", "[", "]"));
    }
}
