package dev.smartrouter.simulator.fault;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.function.Supplier;

/** Where a proxy's connections lead; asked anew for each, so that it can move. */
@FunctionalInterface
public interface Upstream {
    /** How long a server on this machine may take to accept. */
    int CONNECT_MS = 2_000;

    /** @throws IOException if nobody is there; whoever wanted to connect is cut off */
    Socket connect() throws IOException;

    static Upstream at(Supplier<InetSocketAddress> address) {
        return () -> {
            var socket = new Socket();
            try {
                socket.connect(address.get(), CONNECT_MS);
                return socket;
            } catch (IOException e) {
                socket.close();
                throw e;
            }
        };
    }

    static Upstream at(String host, int port) {
        return at(() -> new InetSocketAddress(host, port));
    }
}
