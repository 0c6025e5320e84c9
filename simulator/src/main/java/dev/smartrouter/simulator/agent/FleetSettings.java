package dev.smartrouter.simulator.agent;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.function.Function;

/**
 * How a fleet of agents is set up.
 *
 * @param router where the router's API is
 * @param apiKey for the router; empty if it wants none
 * @param startup from a container's start to its first being ready; before, it takes no socket
 * @param socketPatience how long a call that has a pod may take to come with a socket
 * @param habits of the call with this sid, asked anew whenever one matters, so always give the same
 */
public record FleetSettings(
        Ports ports,
        URI router,
        String apiKey,
        Duration startup,
        Duration socketPatience,
        Speech speech,
        Function<String, CallHabits> habits) {

    /**
     * @param gateway of all media sockets; its port 0 takes a free one
     * @param api of the agents' HTTP endpoint, which is no pod's own; 0 takes a free one
     * @param agents on every pod's own address; 0 for none
     */
    public record Ports(InetSocketAddress gateway, int api, int agents) {
        /** With a gateway that only this machine can reach. */
        public Ports(int gateway, int api, int agents) {
            this(new InetSocketAddress(InetAddress.getLoopbackAddress(), gateway), api, agents);
        }
    }

    /** Free ports and no agents' own, no key, ready at once, 30 s for a socket, an echo, the usual habits. */
    public static FleetSettings of(URI router) {
        return new FleetSettings(
                new Ports(0, 0, 0),
                router,
                "",
                Duration.ZERO,
                Duration.ofSeconds(30),
                new Speech.Echo(),
                sid -> CallHabits.USUAL);
    }

    public FleetSettings on(Ports some) {
        return new FleetSettings(some, router, apiKey, startup, socketPatience, speech, habits);
    }

    public FleetSettings withKey(String key) {
        return new FleetSettings(ports, router, key, startup, socketPatience, speech, habits);
    }

    public FleetSettings startingWithin(Duration time) {
        return new FleetSettings(ports, router, apiKey, time, socketPatience, speech, habits);
    }

    public FleetSettings waitingForSockets(Duration patience) {
        return new FleetSettings(ports, router, apiKey, startup, patience, speech, habits);
    }

    public FleetSettings saying(Speech words) {
        return new FleetSettings(ports, router, apiKey, startup, socketPatience, words, habits);
    }

    public FleetSettings behaving(Function<String, CallHabits> ways) {
        return new FleetSettings(ports, router, apiKey, startup, socketPatience, speech, ways);
    }
}
