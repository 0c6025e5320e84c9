package dev.smartrouter.simulator.router;

import java.net.URI;

/** One router of a fleet, from its start to its end; whoever starts again under its name is another. */
public sealed interface RouterReplica extends AutoCloseable permits ReplicaHere, ReplicaApart {
    /** Its POD_NAME, such as {@code smart-router-0}. */
    String name();

    /** Its own API, without the others'. */
    URI api();

    /** Its own operator's pages. */
    URI admin();

    /** True if it says that calls may be sent to it; false if it does not answer within a second. */
    boolean isReady();

    /** True if it says that it leads. */
    boolean isLeader();

    /** False once it was killed or stopped. */
    boolean isAlive();

    /**
     * {@code kill -9}. One in this process first loses all its connections, so that it can neither finish a request nor
     * give its Lease back, and is then closed in the background.
     */
    void kill();

    /**
     * It stands still until {@link #resume}: {@code SIGSTOP}. One in this process only has its traffic frozen, with
     * Redis, Kubernetes and its callers: its own clocks go on and its timeouts fire.
     */
    void pause();

    void resume();

    /**
     * As Kubernetes does it: no new connections from the Service, SIGTERM, readiness fails, and after SHUTDOWN_DELAY it
     * ends. Returns when it has.
     */
    void stopGently();

    /** Killed if it is alive; when this returns, nothing is left of it. */
    @Override
    void close();
}
