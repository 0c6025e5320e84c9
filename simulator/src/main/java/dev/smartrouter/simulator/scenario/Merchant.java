package dev.smartrouter.simulator.scenario;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.smartrouter.MerchantId;
import dev.smartrouter.tier.MerchantConfig;
import java.util.List;

/**
 * What a merchant is promised, and how many of the calls are its own.
 *
 * @param tier a tier of the default chain, or {@code dedicated}; empty: none
 * @param pool its own pool; empty: none
 * @param fallback tiers tried after its pool; empty: the default chain
 * @param share its weight among the merchants, for streams that do not say
 */
public record Merchant(String tier, String pool, List<String> fallback, double share) {
    public Merchant {
        fallback = List.copyOf(fallback);
        if (!(share >= 0 && share < 1e9)) throw new Wrong("share", "must be a weight from 0, not " + share);
    }

    /** As {@code voice:merchant:config} holds it. */
    public String json() {
        var json = JsonNodeFactory.instance.objectNode();
        if (!tier.isEmpty()) json.put("tier", tier);
        if (!pool.isEmpty()) json.put("pool", pool);
        if (!fallback.isEmpty()) fallback.forEach(json.putArray("fallback")::add);
        return json.toString();
    }

    void check(String id, Tiers tiers) {
        try {
            var unused = new MerchantId(id);
        } catch (IllegalArgumentException e) {
            throw new Wrong("", String.valueOf(e.getMessage()));
        }
        if (id.equals(CallStream.NO_MERCHANT)) throw new Wrong("", "must be another id: 'none' stands for no merchant");
        if (!tier.isEmpty()
                && !tier.equals(MerchantConfig.DEDICATED)
                && !tiers.chain().contains(tier)) {
            throw new Wrong(
                    "tier",
                    "must be 'dedicated' or one of default_chain "
                            + tiers.config().defaultChain() + ", not '" + tier + "'");
        }
        if (!pool.isEmpty()) Tiers.checkKnown("pool", pool, tiers.names());
        for (var i = 0; i < fallback.size(); i++) {
            Tiers.checkKnown(Place.item("fallback", i), fallback.get(i), tiers.names());
        }
    }
}
