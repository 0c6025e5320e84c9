package dev.smartrouter.simulator.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/** Flags that somebody sets while calls come in: the live config store without its Redis. */
public final class SettableConfig implements LiveConfig {
    private static final ObjectMapper json = new ObjectMapper();
    private static final String ISOLATION = "ENABLE_VOICE_AGENT_POD_ISOLATION";
    private static final String PERCENTAGE = "SMART_ROUTER_PERCENTAGE";
    private static final String MERCHANTS = "SMART_ROUTER_MERCHANTS";
    private static final String TWILIO_DIRECT = "SMART_ROUTER_ENABLE_TWILIO_DIRECT";
    private static final String FALLBACK = "SMART_ROUTER_ENABLE_FALLBACK";
    private static final Set<String> KNOWN = Set.of(ISOLATION, PERCENTAGE, MERCHANTS, TWILIO_DIRECT, FALLBACK);

    private final AtomicReference<Flags> flags;

    public SettableConfig(Flags first) {
        flags = new AtomicReference<>(first);
    }

    @Override
    public Flags flags() {
        return flags.get();
    }

    public void set(Flags now) {
        flags.set(now);
    }

    /**
     * Sets the flags that are named, and leaves the others.
     *
     * @param changes an object with flags by their names in the environment, as booleans, a number, a list of strings
     * @throws IllegalArgumentException if a flag is unknown or has a wrong value; nothing is set then
     */
    void merge(JsonNode changes) {
        if (!changes.isObject()) throw new IllegalArgumentException("flags must be a JSON object");
        changes.fieldNames().forEachRemaining(name -> {
            if (!KNOWN.contains(name)) throw new IllegalArgumentException("unknown flag " + name);
        });
        flags.updateAndGet(now -> new Flags(
                bool(changes, ISOLATION, now.podIsolation()),
                percentage(changes, now.percentage()),
                merchants(changes, now.merchants()),
                bool(changes, TWILIO_DIRECT, now.twilioDirect()),
                bool(changes, FALLBACK, now.fallback())));
    }

    /** By the names they have in the environment. */
    ObjectNode toJson() {
        var now = flags();
        var node = json.createObjectNode()
                .put(ISOLATION, now.podIsolation())
                .put(PERCENTAGE, now.percentage())
                .put(TWILIO_DIRECT, now.twilioDirect())
                .put(FALLBACK, now.fallback());
        now.merchants().stream().sorted().forEach(node.putArray(MERCHANTS)::add);
        return node;
    }

    private static boolean bool(JsonNode changes, String name, boolean now) {
        var value = changes.get(name);
        if (value == null) return now;
        if (!value.isBoolean()) throw new IllegalArgumentException(name + " must be true or false, not " + value);
        return value.booleanValue();
    }

    private static int percentage(JsonNode changes, int now) {
        var value = changes.get(PERCENTAGE);
        if (value == null) return now;
        if (!value.isInt()) throw new IllegalArgumentException(PERCENTAGE + " must be 0 to 100, not " + value);
        return value.intValue();
    }

    private static Set<String> merchants(JsonNode changes, Set<String> now) {
        var value = changes.get(MERCHANTS);
        if (value == null) return now;
        var names = new LinkedHashSet<String>();
        for (var name : value) if (name.isTextual()) names.add(name.textValue());
        if (!value.isArray() || names.size() != value.size()) {
            throw new IllegalArgumentException(MERCHANTS + " must be a list of different strings, not " + value);
        }
        return names;
    }
}
