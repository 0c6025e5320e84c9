package dev.smartrouter.simulator.scenario;

/** A value that a scenario may not have, and where: the file's reader knows which line that is. */
final class Wrong extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String where;

    /** @param where below the thing that refuses, such as {@code curve[2]}; empty: the thing itself */
    Wrong(String where, String message) {
        super(message);
        this.where = where;
    }

    Wrong under(String parent) {
        return new Wrong(Place.join(parent, where), String.valueOf(getMessage()));
    }

    String where() {
        return where;
    }
}
