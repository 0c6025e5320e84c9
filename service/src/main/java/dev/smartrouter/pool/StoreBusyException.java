package dev.smartrouter.pool;

/** The store was not asked: too many wait for it already. */
final class StoreBusyException extends StoreUnavailableException {
    private static final long serialVersionUID = 1;

    StoreBusyException(String message) {
        super(message);
    }

    /** Thousands of them may be made in a second, all at the same place. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
