package dev.smartrouter.tier;

/** A text that is no tier config. The message is one line: the field, its value, and what would be right. */
public final class InvalidTierConfigException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    InvalidTierConfigException(String message, Throwable cause) {
        super(message, cause);
    }
}
