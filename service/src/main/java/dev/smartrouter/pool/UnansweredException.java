package dev.smartrouter.pool;

/** A script was sent and no reply came: it may have run, or may still run until its last moment. */
final class UnansweredException extends StoreUnavailableException {
    private static final long serialVersionUID = 1;

    UnansweredException(String message, Throwable cause) {
        super(message, cause);
    }
}
