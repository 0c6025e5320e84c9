package dev.smartrouter.simulator.scenario;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.JsonNode;

/**
 * Which pod or router a deed hits.
 *
 * @param number from 0; {@link #ANY}: one that the seed chooses
 */
public record Target(int number) {
    public static final int ANY = -1;

    public Target {
        if (number < ANY) throw new Wrong("", "must be 'any' or a number from 0, not " + number);
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Target of(JsonNode written) {
        return new Target(written.isTextual() ? ANY : written.asInt());
    }

    int among(int count, Chance chance) {
        return number == ANY ? chance.below(count) : number;
    }
}
