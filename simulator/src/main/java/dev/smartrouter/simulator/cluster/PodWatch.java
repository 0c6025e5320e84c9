package dev.smartrouter.simulator.cluster;

/** Told of what becomes of pods, at the moment it happens. */
public interface PodWatch {
    void born(String pod, String uid);

    void ready(String pod, String uid, boolean ready);

    /** Its deletion timestamp is set: no new call may come to it. */
    void terminating(String pod, String uid);

    /** Its container ended without being asked, and its calls with it; it starts again. */
    void crashed(String pod, String uid);

    /** It is gone, and its calls with it. */
    void gone(String pod, String uid);
}
