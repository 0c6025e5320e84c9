package dev.smartrouter.tier;

/** A text that is no merchant config. The message is one line: the field, its value, and what would be right. */
public final class InvalidMerchantConfigException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    InvalidMerchantConfigException(String message, Throwable cause) {
        super(message, cause);
    }
}
