package dev.smartrouter.simulator.scenario;

/**
 * A scenario that cannot be read. The message is one line: the file, the line, the place, what is wrong with which value
 * and what would be right.
 */
public final class WrongScenarioException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    WrongScenarioException(String message) {
        super(message.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "?"));
    }
}
