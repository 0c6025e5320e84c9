package dev.smartrouter.simulator.provider;

import java.time.Duration;

/** Told of everything a provider sees of its calls, by many threads, at the moment it happens. */
public interface CallWatch {
    /** The callee picked up, or will not. */
    void placed(CallPlan call);

    /** A webhook is about to be sent; the first attempt is 1, and duplicates count. */
    void asked(String sid, int attempt);

    /** A webhook came back, or will not. Also called for answers that come when the call is long over. */
    void answered(String sid, int attempt, Answer answer, Duration took);

    /**
     * The socket to the pod is open, and the provider has said whose call it is.
     *
     * @param took from the answer that named the socket
     */
    void connected(String sid, String pod, Duration took);

    /** The provider tells somebody that the call is over: from here on its pod may serve others. */
    void ending(String sid);

    /** The call is over for the provider. */
    void ended(String sid, Ended how);

    /**
     * @param why in a few words, for people: {@code hung up}, {@code refused}, {@code socket lost}
     * @param complete whether the call went as its plan says
     * @param sent frames of audio to the agent
     * @param heard frames of audio from the agent
     * @param worstGap the longest silence between two frames heard
     */
    record Ended(String why, boolean complete, long sent, long heard, Duration worstGap) {}
}
