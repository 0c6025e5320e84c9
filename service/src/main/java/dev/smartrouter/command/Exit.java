package dev.smartrouter.command;

/** What the exit code of a command says. */
public final class Exit {
    /** All is well. */
    public static final int FINE = 0;
    /** Something was found, or the router refused. */
    public static final int FOUND = 1;
    /** The words of the command are wrong. */
    public static final int USAGE = 2;
    /** What is asked cannot be reached, or cannot answer now. */
    public static final int UNREACHABLE = 3;
    /** The key, or its lack, does not allow it. */
    public static final int NOT_ALLOWED = 4;

    private Exit() {}

    static int of(int status) {
        return switch (status) {
            case 401, 403 -> NOT_ALLOWED;
            default -> status >= 500 ? UNREACHABLE : FOUND;
        };
    }
}
