package dev.smartrouter.verify;

import dev.smartrouter.pool.RedisSurvey.Kind;
import dev.smartrouter.pool.RedisSurvey.Thing;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a key, by its name without prefix, belongs to. */
final class Catalogue {
    private static final Map<String, String> SINGLES = Map.ofEntries(
            Map.entry("tier:modes", "hash"),
            Map.entry("tier:config", "string"),
            Map.entry("merchant:config", "hash"),
            Map.entry("config:writes", "zset"),
            Map.entry("pod:metadata", "hash"),
            Map.entry("calls:by_expiry", "zset"),
            Map.entry("calls:by_merchant", "zset"),
            Map.entry("merchant:pace", "hash"),
            Map.entry("routers", "zset"),
            Map.entry("leader:epoch", "string"),
            Map.entry("state:gen", "string"),
            Map.entry("state:run_id", "string"),
            Map.entry("state:round", "string"),
            Map.entry("state:acks", "set"));
    private static final Pattern POOL =
            Pattern.compile("(pool:[A-Za-z0-9_-]+):(?:assigned|available)|(merchant:[A-Za-z0-9_-]+):(?:assigned|pods)");
    private static final Pattern POD =
            Pattern.compile("pod:tier:(.+)|pod:draining:(.+)|pod:([^:]+):calls|pod:([^:]+)|lease:(.+)");

    private Catalogue() {}

    /** The thing to look at on account of this key; empty if the key is none of ours. */
    static Optional<Thing> thing(String key) {
        if (SINGLES.containsKey(key)) return Optional.of(new Thing(Kind.KEY, key, SINGLES.getOrDefault(key, "")));
        if (key.startsWith("call:")) return Optional.of(new Thing(Kind.CALL, key.substring(5), ""));
        if (key.startsWith("ended:")) return Optional.of(new Thing(Kind.TOMBSTONE, key.substring(6), ""));
        var pool = first(POOL, key);
        if (pool.isPresent()) return pool.map(name -> new Thing(Kind.POOL, name, ""));
        return first(POD, key).map(name -> new Thing(Kind.POD, name, ""));
    }

    /** The key whose members are what a pool offers. */
    static String available(String pool) {
        return pool + (pool.startsWith("merchant:") ? ":pods" : ":available");
    }

    static String assigned(String pool) {
        return pool + ":assigned";
    }

    private static Optional<String> first(Pattern pattern, String key) {
        var match = pattern.matcher(key);
        if (!match.matches()) return Optional.empty();
        for (int i = 1; i <= match.groupCount(); i++) {
            if (match.group(i) != null) return Optional.of(match.group(i));
        }
        return Optional.empty();
    }
}
