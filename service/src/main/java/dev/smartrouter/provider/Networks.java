package dev.smartrouter.provider;

import com.google.common.net.InetAddresses;
import dev.smartrouter.auth.Secret;
import java.util.List;
import org.eclipse.jetty.util.InetAddressSet;

/**
 * Addresses that requests may come from.
 *
 * @param ranges each an address, or a network such as {@code 203.0.113.0/24}; none: from anywhere
 */
public record Networks(List<String> ranges) {
    public static final Networks ANY = new Networks(List.of());

    private static final String REMEDY = "a comma list of addresses and networks such as 203.0.113.0/24";

    public Networks {
        ranges = List.copyOf(ranges);
    }

    /** @throws IllegalArgumentException if it is none; the message says what would be right */
    public static Networks parse(String text) {
        var networks = new Networks(Secret.entries(text));
        for (var range : networks.ranges) {
            if (!InetAddresses.isInetAddress(range.split("/", 2)[0])) throw new IllegalArgumentException(REMEDY);
        }
        try {
            var unused = networks.set();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(REMEDY, e);
        }
        return networks;
    }

    boolean isEmpty() {
        return ranges.isEmpty();
    }

    InetAddressSet set() {
        var set = new InetAddressSet();
        set.addAll(ranges);
        return set;
    }
}
