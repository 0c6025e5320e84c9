package dev.smartrouter.app;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** Who a router is to the others: its pod's or host's name, and a mark of this very start of it. */
final class RouterId {
    private RouterId() {}

    static String next(Optional<String> podName) {
        return podName.orElseGet(RouterId::hostName) + "-" + mark(8);
    }

    /** This many random hexadecimal digits, at most 16. */
    static String mark(int digits) {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong(), digits);
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "router";
        }
    }
}
