package dev.smartrouter.simulator.scenario;

import com.fasterxml.jackson.annotation.JsonCreator;

/**
 * A part of a whole, written {@code 20%}.
 *
 * @param fraction from 0 to 1
 */
public record Share(double fraction) {
    public static final Share NONE = new Share(0);

    public Share {
        if (!(fraction >= 0 && fraction <= 1))
            throw new Wrong("", "must be from 0% to 100%, not " + fraction * 100 + "%");
    }

    @JsonCreator
    static Share parse(String text) {
        try {
            return new Share(Double.parseDouble(text.replaceFirst("%$", "")) / 100);
        } catch (NumberFormatException e) {
            throw new Wrong("", "must be a share such as 20%, not '" + text + "'");
        }
    }

    @Override
    public String toString() {
        return (fraction * 100) + "%";
    }
}
