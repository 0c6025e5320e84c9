package dev.smartrouter.simulator.router;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How many routers, how they run, and where they are found.
 *
 * @param apart whether each is a process of its own, which can be killed and stopped as such, or all are in this one
 * @param environment settings that all have in common; each gets a name and ports of its own
 * @param port of the API of all of them; 0: any free one
 * @param adminPort of the operator's pages; 0: any free one
 * @param jvmOptions of processes of their own
 * @param shadow a jar or directory whose classes and resources win over the routers' own, in processes of their own
 */
public record FleetSettings(
        int replicas,
        boolean apart,
        Map<String, String> environment,
        int port,
        int adminPort,
        List<String> jvmOptions,
        Optional<Path> shadow) {
    /** What starts fastest, and is small: such a router lives for minutes. */
    public static final List<String> SMALL =
            List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx192m", "-Xshare:auto");

    public FleetSettings {
        if (replicas < 1) throw new IllegalArgumentException("there must be at least one router, not " + replicas);
        if (shadow.isPresent() && !apart) {
            throw new IllegalArgumentException(
                    "what shadows a router's classes needs a router in a process of its own");
        }
        environment = Map.copyOf(environment);
        jvmOptions = List.copyOf(jvmOptions);
    }

    /** In this process, on any free ports. */
    public static FleetSettings here(int replicas, Map<String, String> environment) {
        return new FleetSettings(replicas, false, environment, 0, 0, SMALL, Optional.empty());
    }

    /** In processes of their own, on any free ports. */
    public static FleetSettings apart(int replicas, Map<String, String> environment) {
        return new FleetSettings(replicas, true, environment, 0, 0, SMALL, Optional.empty());
    }

    public FleetSettings withPorts(int changed, int changedAdmin) {
        return new FleetSettings(replicas, apart, environment, changed, changedAdmin, jvmOptions, shadow);
    }

    public FleetSettings withShadow(Path changed) {
        return new FleetSettings(replicas, apart, environment, port, adminPort, jvmOptions, Optional.of(changed));
    }
}
