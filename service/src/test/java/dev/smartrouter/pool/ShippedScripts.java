package dev.smartrouter.pool;

import java.util.List;

/** The transitions exactly as a router sends them, for tests of other packages. */
public final class ShippedScripts {
    private ShippedScripts() {}

    public static List<String> names() {
        return Scripts.NAMES;
    }

    /** @throws IllegalArgumentException if there is no such script */
    public static String source(String name) {
        return Script.load(name).source();
    }
}
