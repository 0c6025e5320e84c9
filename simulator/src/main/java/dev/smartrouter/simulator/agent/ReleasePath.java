package dev.smartrouter.simulator.agent;

/** The independent ways in which an agent gives a pod back; any of them may be first, several may come at once. */
public enum ReleasePath {
    /** The socket closed. */
    SOCKET_CLOSED,
    /** The agent's own books say that the call is complete. */
    CALL_COMPLETED,
    /** The provider told the agent that the call ended. */
    STATUS_CALLBACK,
    /** A pod was given, and no socket came. */
    NEVER_CONNECTED
}
