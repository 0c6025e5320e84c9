package dev.smartrouter.pool;

/** The store did not answer in time, or not at all. Whether the step was taken is unknown; it is safe to repeat. */
public class StoreUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public StoreUnavailableException(String message) {
        super(message);
    }

    public StoreUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
