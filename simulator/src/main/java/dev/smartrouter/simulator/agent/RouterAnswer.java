package dev.smartrouter.simulator.agent;

import java.net.URI;

/** What came of asking the router for a pod. */
public sealed interface RouterAnswer {
    /** This pod, through this socket. */
    record Allocated(String pod, URI socket) implements RouterAnswer {}

    /** 503: no pod is free, or the router waits for its store. It is alive, and asking again at once would not help. */
    record NoPods() implements RouterAnswer {}

    /** The router gave no answer one could use, after as many attempts as its kind of failure deserves. */
    record Failed(String why) implements RouterAnswer {}

    /** The circuit breaker is open: the router was not asked. */
    record NotAsked() implements RouterAnswer {}
}
