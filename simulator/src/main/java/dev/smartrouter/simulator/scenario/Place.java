package dev.smartrouter.simulator.scenario;

/** A place in a scenario, written as people would: {@code calls[0].arrive.curve[2]}. The whole is the empty text. */
final class Place {
    private Place() {}

    static String join(String parent, String child) {
        if (parent.isEmpty() || child.isEmpty() || child.startsWith("[")) return parent + child;
        return parent + "." + child;
    }

    static String item(String parent, int index) {
        return parent + "[" + index + "]";
    }

    /** What holds the thing at this place. */
    static String parent(String place) {
        return place.substring(0, Math.max(0, Math.max(place.lastIndexOf('.'), place.lastIndexOf('['))));
    }
}
