package dev.smartrouter.simulator.agent;

/** Told of everything an agent sees of its calls, by many threads, at the moment it happens. */
public interface AgentWatch {
    /**
     * A call's socket opened on this very pod.
     *
     * @param uid which life of the pod
     */
    void joined(String pod, String uid, String sid);

    /** The call's socket closed. */
    void left(String pod, String uid, String sid);

    /** A release is about to be sent: from here on the pod may serve others. */
    void releasing(String sid, ReleasePath path);

    /** @param status of the router's answer; 0 if none came */
    void released(String sid, ReleasePath path, int status);
}
