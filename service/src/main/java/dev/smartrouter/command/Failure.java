package dev.smartrouter.command;

/** A command cannot do what it was asked. The message is one line for its user. */
final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final int exitCode;

    Failure(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    static Failure usage(String message) {
        return new Failure(Exit.USAGE, message);
    }

    /** @param error what the router says, for this status */
    static Failure refused(String thing, int status, String error) {
        var remedy = switch (status) {
            case 401 -> "; name a key by --key-file or SMART_ROUTER_API_KEY";
            case 403 -> "; ask with a key of another role";
            case 412 -> "; 'get' shows it as it is now, and its etag";
            case 428 -> "; 'get' shows its etag: add --if-match ETAG, or --if-match '*' to overwrite whatever is there";
            case 503 -> "; try again in a moment";
            default -> "";
        };
        return new Failure(Exit.of(status), thing + ": " + error + " (" + status + ")" + remedy);
    }

    int exitCode() {
        return exitCode;
    }
}
