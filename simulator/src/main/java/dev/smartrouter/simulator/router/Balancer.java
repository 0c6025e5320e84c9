package dev.smartrouter.simulator.router;

import dev.smartrouter.simulator.fault.Upstream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Sends each new connection to a replica that says it serves, one after the other. Who refuses a connection is out until
 * it says again that it serves.
 */
final class Balancer {
    private final Supplier<List<RouterReplica>> replicas;
    private final Asking asking;
    private final Set<RouterReplica> serving = ConcurrentHashMap.newKeySet();
    private final AtomicInteger turn = new AtomicInteger();

    Balancer(Supplier<List<RouterReplica>> replicas, Asking asking) {
        this.replicas = replicas;
        this.asking = asking;
    }

    /** Asks them all; what they answer counts when it comes. */
    void tick() {
        var now = replicas.get();
        serving.retainAll(now);
        for (var replica : now) {
            var unused = asking.serves(replica.api()).thenAccept(serves -> note(replica, serves));
        }
    }

    void note(RouterReplica replica, boolean serves) {
        if (serves && replicas.get().contains(replica)) serving.add(replica);
        else serving.remove(replica);
    }

    int serving() {
        return serving.size();
    }

    /** @param door of a replica, of those it has */
    Upstream to(Function<RouterReplica, URI> door) {
        return () -> {
            for (var replica : inTurn()) {
                try {
                    return connect(door.apply(replica));
                } catch (IOException e) {
                    serving.remove(replica);
                }
            }
            throw new ConnectException("no router is ready");
        };
    }

    /** If none has answered its probe in time, as on a machine that starves, those that live are still worth a try. */
    private List<RouterReplica> inTurn() {
        var ready = new ArrayList<>(replicas.get());
        ready.removeIf(replica -> !replica.isAlive());
        if (ready.stream().anyMatch(serving::contains)) ready.removeIf(replica -> !serving.contains(replica));
        if (!ready.isEmpty()) Collections.rotate(ready, -Math.floorMod(turn.getAndIncrement(), ready.size()));
        return ready;
    }

    private static Socket connect(URI door) throws IOException {
        return Upstream.at(door.getHost(), door.getPort()).connect();
    }
}
