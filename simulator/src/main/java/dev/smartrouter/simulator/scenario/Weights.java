package dev.smartrouter.simulator.scenario;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** How often each name is drawn, relative to the others; in the order of the names, whatever order they came in. */
public record Weights(SortedMap<String, Double> byName) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Weights {
        byName = Collections.unmodifiableSortedMap(new TreeMap<>(byName));
        for (var each : byName.entrySet()) {
            if (!(each.getValue() >= 0 && each.getValue() < 1e9)) {
                throw new Wrong(each.getKey(), "must be a weight from 0, not " + each.getValue());
            }
        }
        if (byName.isEmpty() || sum(byName) <= 0) throw new Wrong("", "must have a weight above 0, not only zeros");
    }

    public static Weights of(Map<String, Double> byName) {
        return new Weights(new TreeMap<>(byName));
    }

    public Set<String> names() {
        return byName.keySet();
    }

    String draw(Chance chance) {
        var left = chance.fraction() * sum(byName);
        for (var each : byName.entrySet()) {
            left -= each.getValue();
            if (left < 0) return each.getKey();
        }
        // a rounding error away from the last that can be drawn
        return byName.reversed().entrySet().stream()
                .filter(each -> each.getValue() > 0)
                .findFirst()
                .orElseThrow()
                .getKey();
    }

    private static double sum(SortedMap<String, Double> byName) {
        var sum = 0.0;
        for (var weight : byName.values()) sum += weight;
        return sum;
    }
}
