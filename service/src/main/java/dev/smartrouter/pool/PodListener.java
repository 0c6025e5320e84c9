package dev.smartrouter.pool;

/** Hears of pods as they change. Called from one thread at a time; must not block for long. */
public interface PodListener {
    /** A pod is there, or has changed. */
    void seen(PodSighting pod);

    /** A pod is no longer there; its last known state. */
    void vanished(PodSighting pod);
}
