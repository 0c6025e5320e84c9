package dev.smartrouter.simulator.scenario;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.smartrouter.TierName;
import dev.smartrouter.tier.TierConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The classes of service.
 *
 * @param json as TIER_CONFIG and {@code voice:tier:config} hold it
 */
public record Tiers(String json) {
    private static final String CHAIN = "default_chain";

    /** @throws IllegalArgumentException if the router would refuse it */
    public Tiers {
        TierConfig.parse(json);
    }

    /** From tiers by their names, with the default chain among them. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Tiers of(ObjectNode written) {
        var tiers = written.deepCopy();
        var chain = tiers.remove(CHAIN);
        if (tiers.isEmpty()) throw new Wrong("", "must have a tier such as gold: {type: exclusive, target: 2}");
        tiers.properties().forEach(tier -> check(tier.getKey(), tier.getValue()));
        var known = new ArrayList<String>();
        tiers.fieldNames().forEachRemaining(known::add);
        var seen = new ArrayList<String>();
        for (var name : chain) {
            var place = Place.item(CHAIN, seen.size());
            checkKnown(place, name.asText(), known);
            if (seen.contains(name.asText()))
                throw new Wrong(place, "must name a tier once, not '" + name.asText() + "' twice");
            seen.add(name.asText());
        }
        var json = JsonNodeFactory.instance.objectNode();
        json.set("tiers", tiers);
        json.set(CHAIN, chain);
        return new Tiers(json.toString());
    }

    public TierConfig config() {
        return TierConfig.parse(json);
    }

    List<String> names() {
        return config().tiers().stream().map(tier -> tier.name().value()).toList();
    }

    static void checkKnown(String place, String tier, List<String> known) {
        if (known.contains(tier)) return;
        throw new Wrong(
                place, "must be one of the tiers " + known + ", not '" + tier + "'" + Nearest.hint(tier, known));
    }

    private static void check(String name, JsonNode tier) {
        try {
            var unused = new TierName(name);
        } catch (IllegalArgumentException e) {
            throw new Wrong(name, String.valueOf(e.getMessage()));
        }
        var most = tier.path("max_concurrent");
        var shared = tier.path("type").asText().equals("shared");
        if (shared && most.isMissingNode()) throw new Wrong(name, "is shared and needs 'max_concurrent', such as 3");
        if (!shared && most.asInt(1) > 1) {
            throw new Wrong(name + ".max_concurrent", "must be 1 in an exclusive tier, not " + most.asInt());
        }
    }

    Set<String> chain() {
        return Set.copyOf(config().defaultChain().stream().map(TierName::value).toList());
    }
}
