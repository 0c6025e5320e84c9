package dev.smartrouter.app;

import io.dropwizard.lifecycle.ServerLifecycleListener;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Server;

/**
 * Hangs up on whoever begins a request and has no answer in time, because the rest of it does not come: each byte keeps
 * an idle timeout off, so that one byte now and then would hold a connection for ever. A connection on which nothing has
 * begun is left to the idle timeout.
 */
final class SlowSenders implements ServerLifecycleListener {
    private final Duration patience;
    private final LongSupplier nanos;
    private final Map<EndPoint, Mark> marks = new ConcurrentHashMap<>();
    private volatile List<Server> servers = List.of();
    private final LongAdder hungUp = new LongAdder();

    /**
     * @param patience from the first byte of a request to the end of its answer; longer than any answer takes
     * @param nanos monotonic time in ns
     */
    SlowSenders(Duration patience, LongSupplier nanos) {
        this.patience = patience;
        this.nanos = nanos;
    }

    /**
     * What was seen of a connection when nothing was under way on it, as far as we know.
     *
     * @param read bytes
     * @param answered requests
     */
    private record Mark(long read, long answered, long since) {}

    @Override
    public void serverStarted(Server server) {
        servers = List.of(server);
    }

    /** How often it has hung up. */
    long hungUp() {
        return hungUp.sum();
    }

    void tick() {
        var open = servers.stream()
                .flatMap(server -> Arrays.stream(server.getConnectors()))
                .filter(connector -> "application".equals(connector.getName()))
                .map(connector -> connector.getConnectedEndPoints())
                .flatMap(Collection::stream)
                .toList();
        marks.keySet().retainAll(open);
        for (var each : open) look(each, nanos.getAsLong());
    }

    private void look(EndPoint each, long now) {
        var connection = each.getConnection();
        if (connection == null) return;
        var seen = new Mark(connection.getBytesIn(), connection.getMessagesOut(), now);
        var mark = marks.putIfAbsent(each, new Mark(0, 0, now));
        if (mark == null) return;
        if (seen.answered != mark.answered || seen.read == mark.read) {
            marks.put(each, seen);
        } else if (now - mark.since >= patience.toNanos()) {
            hungUp.increment();
            each.close();
        }
    }
}
