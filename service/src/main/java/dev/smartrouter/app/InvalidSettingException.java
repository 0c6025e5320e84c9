package dev.smartrouter.app;

/**
 * A setting that the router will not start with. The message is one line: the variable, its value (without any
 * password) and what would be right.
 */
public final class InvalidSettingException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    InvalidSettingException(String message) {
        super(message);
    }
}
