package dev.smartrouter.simulator.provider;

import java.net.URI;

/** What a provider made of the router's answer to one webhook. */
public sealed interface Answer {
    /** The audio goes to this socket, on this pod by its URL. */
    record Stream(URI socket, String pod) implements Answer {}

    /** The caller hears why there is no agent, then the call ends. */
    record Apology(String words) implements Answer {}

    /** Nothing a provider can obey: no connection, no answer in time, a wrong status or type, broken markup. */
    record Unusable(String why) implements Answer {}
}
