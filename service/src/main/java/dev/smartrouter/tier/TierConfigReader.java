package dev.smartrouter.tier;

import static dev.smartrouter.tier.Mode.EXCLUSIVE;
import static dev.smartrouter.tier.TierConfig.OVERFLOW;

import com.fasterxml.jackson.databind.JsonNode;
import dev.smartrouter.TierName;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The three written forms of a tier config. Each refusal is an IllegalArgumentException that names the field, its value
 * and what would be right. Fields we do not know are ignored.
 */
final class TierConfigReader {
    /** A thousand tiers, each with a long name, fit many times over. */
    private static final int MAX_CHARS = 1 << 20;

    private static final int MAX_TIERS = 1_000;

    /** Past any cluster (Kubernetes' own limit is 150,000 pods); what is beyond is a slip of the finger. */
    private static final int MAX_TARGET = 100_000;

    private static final int MAX_CALLS = 10_000;

    private static final TierName STANDARD = new TierName("standard");

    private TierConfigReader() {}

    static TierConfig read(String text) {
        var root = Json.object("tier config", text, MAX_CHARS);
        return root.has("tiers") || root.has("default_chain") ? full(root) : flat(root);
    }

    private static TierConfig full(JsonNode root) {
        var chain = Json.texts("default_chain", "a list of tier names", root.path("default_chain")).stream()
                .map(name -> named("default_chain", name))
                .toList();
        var defaultTier = Json.text("default_tier", "a tier of default_chain", root.path("default_tier"));
        return new TierConfig(
                tiers("tiers", root.path("tiers")),
                chain,
                defaultTier == null ? null : named("default_tier", defaultTier));
    }

    /** Only tiers: exclusive ones come first, then the overflow wherever it was written, and shared ones last. */
    private static TierConfig flat(JsonNode root) {
        var written = tiers("tier config", root);
        var overflow = written.stream()
                .filter(tier -> tier.name().equals(OVERFLOW))
                .findFirst()
                .orElse(Tier.exclusive(OVERFLOW, 0));
        var others =
                written.stream().filter(tier -> !tier.name().equals(OVERFLOW)).toList();
        var tiers = Stream.of(
                        others.stream().filter(tier -> tier.mode() == EXCLUSIVE),
                        Stream.of(overflow),
                        others.stream().filter(tier -> tier.mode() != EXCLUSIVE))
                .flatMap(part -> part)
                .toList();
        var chain = tiers.stream().map(Tier::name).toList();
        return new TierConfig(tiers, chain, chain.contains(STANDARD) ? STANDARD : null);
    }

    private static List<Tier> tiers(String what, JsonNode node) {
        if (!node.isObject()) {
            throw Json.refusal(what, "an object of tiers by name", node);
        }
        if (node.isEmpty() || node.size() > MAX_TIERS) {
            throw new IllegalArgumentException(what + " must have 1 to " + MAX_TIERS + " tiers, not " + node.size());
        }
        var tiers = new ArrayList<Tier>(node.size());
        node.properties().forEach(field -> tiers.add(tier(field.getKey(), field.getValue())));
        return tiers;
    }

    private static Tier tier(String key, JsonNode node) {
        var name = new TierName(key);
        var of = " of tier '" + name + "'";
        if (node.isNumber()) {
            return Tier.exclusive(name, Json.whole("target" + of, node, 0, MAX_TARGET));
        }
        if (!node.isObject()) {
            throw Json.refusal(
                    "tier '" + name + "'", "an object such as {\"type\":\"exclusive\",\"target\":1} or a target", node);
        }
        var mode = mode("type" + of, node.path("type"));
        var target = Json.whole("target" + of, node.path("target"), 0, MAX_TARGET);
        return new Tier(name, mode, target, capacity("max_concurrent" + of, mode, node.path("max_concurrent")));
    }

    /** A tier without a type is exclusive, as it was with the original: the mode that can double no call. */
    private static Mode mode(String what, JsonNode node) {
        var remedy = "\"exclusive\" or \"shared\"";
        var text = Json.text(what, remedy, node);
        if (text == null) {
            return EXCLUSIVE;
        }
        return Mode.find(text).orElseThrow(() -> Json.refusal(what, remedy, node));
    }

    private static int capacity(String what, Mode mode, JsonNode node) {
        if (mode != EXCLUSIVE) {
            return Json.whole(what + ", which is shared,", node, 1, MAX_CALLS);
        }
        if (!Json.isAbsent(node)) {
            // 0 is how a writer that knows no absent numbers leaves it out
            Json.whole(what + ", which is exclusive,", node, 0, 1);
        }
        return 1;
    }

    private static TierName named(String what, String name) {
        try {
            return new TierName(name);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(what + ": " + e.getMessage(), e);
        }
    }
}
