package dev.smartrouter.pool.proof;

/**
 * A planted fault.
 *
 * @param script the script, or the prelude, that has it
 * @param replace a text of the script
 * @param with what stands there instead
 */
record Mutant(String name, String script, String replace, String with) {
    Scripts plantedIn(Scripts scripts) {
        return scripts.with(script, replace, with);
    }

    @Override
    public String toString() {
        return name;
    }
}
