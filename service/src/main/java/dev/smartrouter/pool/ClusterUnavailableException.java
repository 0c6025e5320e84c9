package dev.smartrouter.pool;

/** The cluster's API did not answer, or refused. */
public final class ClusterUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public ClusterUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
