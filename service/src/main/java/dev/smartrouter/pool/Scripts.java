package dev.smartrouter.pool;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** All transitions, by name. */
final class Scripts {
    static final List<String> NAMES = List.of(
            "ack",
            "adopt_calls",
            "allocate",
            "audit",
            "beat",
            "begin",
            "calls",
            "census",
            "check",
            "config_page",
            "config_read",
            "config_write",
            "confirm",
            "drain",
            "expiring",
            "glance",
            "hello",
            "lead",
            "members",
            "merchants",
            "modes",
            "move",
            "names",
            "open",
            "overview",
            "pods",
            "register",
            "release",
            "remove",
            "restore",
            "retype",
            "sweep",
            "tier_config",
            "undrain");

    private final Map<String, Script> byName = new TreeMap<>();

    private Scripts(UnaryOperator<Script> change) {
        for (var name : NAMES) byName.put(name, change.apply(Script.load(name)));
    }

    static Scripts load() {
        return new Scripts(UnaryOperator.identity());
    }

    /** The scripts, each changed first: how tests plant faults. */
    static Scripts changed(UnaryOperator<Script> change) {
        return new Scripts(change);
    }

    /** @throws IllegalArgumentException if there is no such script */
    Script named(String name) {
        var script = byName.get(name);
        if (script == null) throw new IllegalArgumentException("no script " + name + " among " + byName.keySet());
        return script;
    }

    Collection<Script> all() {
        return byName.values();
    }
}
