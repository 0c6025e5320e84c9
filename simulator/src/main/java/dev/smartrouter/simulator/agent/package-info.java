/**
 * The software inside a voice-agent pod: it takes calls on a socket, talks in its provider's protocol, drains, and gives
 * its pods back through the router, several times over. One gateway port leads to all pods, as nginx does in a cluster.
 */
@NullMarked
package dev.smartrouter.simulator.agent;

import org.jspecify.annotations.NullMarked;
