package dev.smartrouter.simulator.fault;

import dev.smartrouter.simulator.fault.Faults.Replies;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands on a port of this machine in front of a server, and is the network between: it passes everything through until
 * it is told to do otherwise. What it is told holds for connections that are there and for new ones.
 */
public final class FaultProxy implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(FaultProxy.class);
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();
    private static final int BACKLOG = 512;

    private final Upstream upstream;
    private final Framing framing;
    private final Faults faults = new Faults();
    private final Set<Wire> wires = ConcurrentHashMap.newKeySet();

    /** Holds the port, also while nobody listens there: whoever connects then is refused. */
    private final Socket holder;

    private final int port;
    private @Nullable ServerSocket door;
    private @Nullable Thread doorkeeper;

    private FaultProxy(Upstream upstream, Framing framing, int port) throws IOException {
        this.upstream = upstream;
        this.framing = framing;
        if (port != 0) new ServerSocket(port, 1, HERE).close(); // two with SO_REUSEPORT would not notice each other
        holder = new Socket();
        try {
            holder.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            holder.bind(new InetSocketAddress(HERE, port));
            this.port = holder.getLocalPort();
            admit();
        } catch (IOException | UncheckedIOException e) {
            holder.close();
            throw e;
        }
    }

    /** On any free port. */
    public static FaultProxy before(Upstream upstream, Framing framing) {
        try {
            return on(0, upstream, framing);
        } catch (IOException e) {
            throw new IllegalStateException("no port is free for a proxy: " + e.getMessage(), e);
        }
    }

    /**
     * @param port 0: any free one
     * @throws IOException if the port is in use
     */
    public static FaultProxy on(int port, Upstream upstream, Framing framing) throws IOException {
        return new FaultProxy(upstream, framing, port);
    }

    public int port() {
        return port;
    }

    public InetSocketAddress address() {
        return new InetSocketAddress(HERE, port);
    }

    /** Every exchange from now on takes longer by both of these. */
    public void delay(Duration there, Duration back) {
        faults.delay(there, back);
    }

    /** Every connection breaks; new ones are welcome. */
    public void cut() {
        wires.forEach(Wire::cut);
    }

    /** New connections are refused until {@link #admit}; those that are there go on. */
    public synchronized void refuse() {
        if (door == null) return;
        try {
            door.close();
        } catch (IOException e) {
            log.warn("port {} did not close: {}", port, e.getMessage());
        }
        door = null;
        awaitDoorkeeper();
    }

    /** @throws UncheckedIOException if the system does not allow it */
    public synchronized void admit() {
        if (door != null) return;
        ServerSocket next;
        try {
            next = listen();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        door = next;
        doorkeeper = Thread.ofVirtual().name("proxy-" + port).start(() -> accept(next));
    }

    /** A socket that is closed goes on listening until whoever waits at it has noticed. */
    private void awaitDoorkeeper() {
        try {
            if (doorkeeper != null) doorkeeper.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Connections stay and are accepted, and nothing moves until {@link #thaw}, when all that was held goes on. */
    public void freeze() {
        faults.freeze(true);
    }

    public void thaw() {
        faults.freeze(false);
    }

    /**
     * Requests go through and replies do not, until {@link #passReplies}. A connection that has lost a reply never
     * carries another, since it would be taken for the lost one.
     *
     * @param thenCut whether the client also sees its connection end where the reply should have been
     */
    public void dropReplies(boolean thenCut) {
        faults.replies(thenCut ? Replies.DROP_AND_CUT : Replies.DROP);
    }

    public void passReplies() {
        faults.replies(Replies.PASS);
    }

    /** Once, at this point, the connection that gets there breaks. A point that is set already is forgotten. */
    public void crashAt(CrashPoint point) {
        faults.arm(point);
    }

    /** True until the point is reached that was set. */
    public boolean isCrashDue() {
        return faults.isArmed();
    }

    /** How many exchanges have begun, on all connections, ever. */
    public long exchanges() {
        return faults.exchanges();
    }

    public int connections() {
        return wires.size();
    }

    /** No fault is left but what is lost already. */
    public void heal() {
        faults.delay(Duration.ZERO, Duration.ZERO);
        faults.disarm();
        passReplies();
        thaw();
        admit();
    }

    @Override
    public void close() {
        refuse();
        Wire.close(holder);
        cut();
    }

    private ServerSocket listen() throws IOException {
        var next = new ServerSocket();
        try {
            next.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            next.bind(new InetSocketAddress(HERE, port), BACKLOG);
            return next;
        } catch (IOException e) {
            next.close();
            throw e;
        }
    }

    private void accept(ServerSocket listening) {
        while (!listening.isClosed()) {
            try {
                var near = listening.accept();
                if (listening.isClosed()) Wire.close(near); // it came in the very moment, and is refused
                else Thread.ofVirtual().start(() -> connect(near));
            } catch (IOException e) {
                // closed, or whoever came has gone
            }
        }
    }

    private void connect(Socket near) {
        try {
            var far = upstream.connect();
            near.setTcpNoDelay(true);
            far.setTcpNoDelay(true);
            var wire = new Wire(near, far, faults, framing, wires::remove);
            wires.add(wire);
            wire.start();
            if (holder.isClosed()) wire.cut();
        } catch (IOException e) {
            log.debug("nobody behind port {}: {}", port, e.getMessage());
            Wire.close(near);
        }
    }
}
