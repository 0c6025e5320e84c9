package dev.smartrouter.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** A port that was free a moment ago, for those that must be told theirs before they listen. */
final class FreePort {
    private FreePort() {}

    /** @param chosen 0 if it may be any */
    static int unless(int chosen) {
        if (chosen != 0) return chosen;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
