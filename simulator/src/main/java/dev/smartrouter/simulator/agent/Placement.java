package dev.smartrouter.simulator.agent;

import java.net.URI;

/** Where an agent sends a call. */
sealed interface Placement {
    /** To a pod that the router gave. */
    record Isolated(String pod, URI socket) implements Placement {}

    /** To the router's webhook, where the provider asks for itself. */
    record Direct(URI webhook) implements Placement {}

    /** To any pod, whoever else talks there. */
    record NotIsolated(String pod, URI socket, String why) implements Placement {}

    /** Nowhere. */
    record Nowhere(String why) implements Placement {}
}
