package dev.smartrouter.history;

/**
 * A law that a history breaks.
 *
 * @param story what happened, for people to read: as little of the history as breaks the law
 */
public record Finding(Law law, String story) {
    @Override
    public String toString() {
        return law + " is broken\n" + story;
    }
}
