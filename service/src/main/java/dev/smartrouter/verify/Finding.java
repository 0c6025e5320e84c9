package dev.smartrouter.verify;

import dev.smartrouter.pool.RedisSurvey.Kind;

/**
 * What breaks a law.
 *
 * @param name of the pod, call, pool or key
 * @param values what there is, as one line
 */
public record Finding(Law law, Kind kind, String name, String values) {
    /** Such as {@code pod agent-3}. */
    public String thing() {
        return switch (kind) {
            case POD, ASSIGNED, AVAILABLE -> "pod " + name;
            case CALL, TOMBSTONE -> "call " + name;
            case KEY -> "key " + name;
            case POOL -> name;
        };
    }

    /** One line for an operator; whatever somebody wrote into the store is shown without control characters. */
    public String line() {
        var repair = law.repair() == Repair.NONE
                ? "none, " + law.otherwise()
                : law.repair().words();
        return shown(law.words() + " (" + law.number() + "): " + thing() + ": " + values + "; repair: " + repair);
    }

    /** Why it is still there after a repair, to be added to its line. */
    public String why() {
        return law.repair() == Repair.NONE ? "" : "; " + law.otherwise();
    }

    private static String shown(String text) {
        return text.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "?");
    }
}
